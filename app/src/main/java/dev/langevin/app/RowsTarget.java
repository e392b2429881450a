package dev.langevin.app;

import dev.langevin.io.Csv;
import dev.langevin.io.Idx;
import dev.langevin.io.Images;
import dev.langevin.io.InputError;
import dev.langevin.io.Npy;
import dev.langevin.io.Provenance;
import dev.langevin.table.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file or folder for rows, its format told by its name. Made before the work begins, so that a name that cannot be used is
 * refused at once.
 *
 * @param path where to
 * @param format how
 */
record RowsTarget(Path path, Format format) {
  /** The formats, and what stands in them. */
  enum Format {
    GRID("samples in a grid"),
    NPY("samples"),
    CSV("samples"),
    IDX("samples"),
    FOLDER("pictures");

    private final String content;

    Format(String content) {
      this.content = content;
    }
  }

  /**
   * The target of this name for rows of this shape.
   *
   * @throws InputError if the name says no format that suits the rows, or the place may not be written to
   */
  static RowsTarget of(Path path, int[] shape) {
    Format format = format(path);
    boolean images = shape.length == 3;
    if (!images && (format == Format.GRID || format == Format.FOLDER)) {
      throw new InputError(
          path.toString(),
          "rows of " + DataFacts.written(shape) + " are no pictures",
          "write .npy, .csv, .csv.gz or .idx");
    }
    requireWritable(path);
    return new RowsTarget(path, format);
  }

  private static Format format(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (!Files.isDirectory(path) && (name.endsWith(".idx") || name.endsWith("-ubyte"))) {
      return Format.IDX;
    }
    if (Files.isDirectory(path) || !name.contains(".")) {
      return Format.FOLDER;
    }
    if (name.endsWith(".png")) {
      return Format.GRID;
    }
    if (name.endsWith(".npy")) {
      return Format.NPY;
    }
    if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      return Format.CSV;
    }
    throw new InputError(
        path.toString(),
        "its ending names no format",
        "use .png, .npy, .csv, .csv.gz, .idx, or a name without a dot for a folder of pictures");
  }

  /** Refuses a place that may not be written to. */
  static void requireWritable(Path path) {
    Path parent = path.toAbsolutePath().normalize().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new InputError(
          path.toString(),
          "the folder " + parent + " does not exist",
          "create it first: mkdir -p " + parent);
    }
    boolean there = Files.exists(path);
    if (there ? !Files.isWritable(path) : !Files.isWritable(parent)) {
      throw new InputError(
          path.toString(), "may not be written", "choose a path that you may write to");
    }
  }

  /** What the file holds, in words. */
  String content() {
    return format.content;
  }

  /** Writes the rows. */
  void write(Dataset rows, Scaling scaling, Provenance provenance) {
    write(rows, scaling.lowest(), scaling.highest(), provenance);
  }

  /** Writes the rows, in a grid of pictures so many side by side; 1 for about as many as there are lines. */
  void write(Dataset rows, Scaling scaling, int columns, Provenance provenance) {
    if (format != Format.GRID || columns == 1) {
      write(rows, scaling, provenance);
      return;
    }
    int[] shape = rows.shape();
    Images.Grid fitting = Images.Grid.fitting(columns * columns, shape[1], shape[2]);
    Images.Grid grid = new Images.Grid(columns, fitting.scale(), fitting.gap());
    Images.writeGrid(path, rows, scaling.lowest(), scaling.highest(), grid, provenance);
  }

  /** Writes the rows; pictures show {@code low} as black and {@code high} as white. */
  void write(Dataset rows, double low, double high, Provenance provenance) {
    switch (format) {
      case GRID -> Images.writeGrid(path, rows, low, high, provenance);
      case NPY -> Npy.write(path, rows, provenance);
      case CSV -> Csv.write(path, rows, provenance);
      case IDX -> Idx.write(path, rows, provenance);
      case FOLDER -> Images.writeFolder(path, rows, low, high, provenance);
    }
  }
}
