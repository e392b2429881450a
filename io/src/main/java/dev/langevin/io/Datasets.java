package dev.langevin.io;

import dev.langevin.table.Dataset;
import java.nio.file.Path;

/** Data sets from files. */
public final class Datasets {
  private Datasets() {}

  /** Reads CSV, IDX, npy (the first two also gzipped) or a folder of PNG and JPEG images, told apart by content. */
  public static Dataset read(Path path) {
    return read(path, ReadOptions.defaults());
  }

  /** The same, with what the file does not say itself. */
  public static Dataset read(Path path, ReadOptions options) {
    throw new UnsupportedOperationException("not yet");
  }

  /** 1,797 handwritten digits, 8×8, values 0..16, labels 0..9. */
  public static Dataset digits() {
    throw new UnsupportedOperationException("not yet");
  }
}
