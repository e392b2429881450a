package dev.langevin.io;

import dev.langevin.table.Dataset;
import java.nio.file.Path;

/** NumPy's npy files. */
public final class Npy {
  private Npy() {}

  /** An array of any rank, row-major. */
  public record Content(int[] shape, double[] values) {}

  /** Reads f2 f4 f8, i1 i2 i4 i8, u1 u2 u4 u8 and bool, versions 1 to 3. */
  public static Content read(Path path) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Writes float64 in C order; the provenance goes into {@code target + ".json"}. */
  public static void write(Path target, int[] shape, double[] values, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Writes a data set as one array {@code [rows, …row shape]}. */
  public static void write(Path target, Dataset data, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }
}
