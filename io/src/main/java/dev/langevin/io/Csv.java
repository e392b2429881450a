package dev.langevin.io;

import dev.langevin.table.Dataset;
import java.nio.file.Path;
import java.util.List;

/** CSV files. */
public final class Csv {
  private Csv() {}

  /** Writes row-major {@code values}; gzipped if the name ends in {@code .gz}. */
  public static void write(
      Path target, List<String> columns, double[] values, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Writes a data set; its labels, if any, as a last column {@code label}. */
  public static void write(Path target, Dataset data, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }
}
