package dev.langevin.io;

import dev.langevin.math.NamedArray;
import dev.langevin.table.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Data sets from files. The kind of a file is told by its content: CSV, IDX or npy, each also gzipped, or a folder of images.
 * Values come as stored (0..255 for most images); scaling them is the caller's.
 *
 * <p>What a row is:
 *
 * <ul>
 *   <li>CSV: a line; every column but the label is a number of the row
 *   <li>IDX and npy: the first axis counts rows. Rank 1: one number each; rank 2: points; rank 3: grey images {@code [height,
 *       width]}; rank 4: {@code [channels, height, width]}, or, when only the last axis is 1 or 3 (and the first of the row above 4),
 *       {@code [height, width, channels]}, which is turned round
 *   <li>a folder: an image file each, in the order of their names; if instead it has sub-folders with images, these are the classes
 * </ul>
 */
public final class Datasets {
  private static final String DIGITS = "digits/digits.csv.gz";

  private Datasets() {}

  /** Reads a data set that explains itself. */
  public static Dataset read(Path path) {
    return read(path, ReadOptions.defaults());
  }

  /**
   * Reads a data set.
   *
   * @param path a file or folder
   * @param options what the file does not say itself
   * @throws InputError naming the place (for a CSV the line and the field) and the remedy, if anything is missing, damaged, not a
   *     number, not finite, or does not fit into memory
   */
  public static Dataset read(Path path, ReadOptions options) {
    return Trouble.guarded(
        path,
        () -> {
          Dataset data = readAny(path, options);
          return options.labelFile().isPresent()
              ? labelled(data, path, options.labelFile().get())
              : data;
        });
  }

  /**
   * The bundled example: 1,797 handwritten digits, {@code [1, 8, 8]}, values 0..16, labels 0..9 (Alpaydin &amp; Kaynak 1998, UCI
   * Machine Learning Repository, CC BY 4.0).
   */
  public static Dataset digits() {
    ReadOptions options = ReadOptions.defaults().withLabel("digit").withShape(8, 8);
    try (InputStream in = Datasets.class.getResourceAsStream(DIGITS)) {
      if (in == null) {
        throw new AssertionError(DIGITS + " is missing from the jar");
      }
      try (Source source = Source.of(Path.of("digits"), in)) {
        return CsvTable.read(source, options);
      }
    } catch (IOException e) {
      throw new AssertionError(DIGITS + " in the jar is damaged", e);
    }
  }

  private static Dataset readAny(Path path, ReadOptions options) throws IOException {
    if (Files.isDirectory(path)) {
      refuseLabelColumn(path, options);
      return ImageFolder.read(path, options);
    }
    try (Source source = Source.open(path)) {
      byte[] start = source.peek(512);
      FileKind kind = FileKind.of(start);
      if (kind == FileKind.CSV) {
        return CsvTable.read(source, options);
      }
      refuseLabelColumn(path, options);
      return switch (kind) {
        case NPY -> rows(path, Npy.read(source), options);
        case IDX -> rows(path, Idx.read(source), options);
        default -> throw new InputError(path, kind.problem, kind.remedy);
      };
    }
  }

  private static void refuseLabelColumn(Path path, ReadOptions options) {
    if (options.labelColumn().isPresent()) {
      throw new InputError(
          path,
          "has no column \"" + options.labelColumn().get() + "\", since it is not a CSV",
          "leave the label away, or give the file of the labels");
    }
  }

  private static Dataset rows(Path path, Npy.Content array, ReadOptions options) {
    int[] stored = storedRow(path, array.shape());
    requireFinite(path, array);
    double[] values = array.values();
    int[] row = turnedRow(stored);
    if (channelsLast(stored)) {
      values = channelsFirst(values, stored, new double[values.length]);
    }
    return dataset(path, row, List.of(), values, new int[0], List.of(), options);
  }

  /** The shape in which a row of an array lies in its file. */
  static int[] storedRow(Path path, int[] shape) {
    if (shape.length == 0 || shape.length > 4) {
      throw new InputError(
          path,
          "has shape " + Arrays.toString(shape) + "; expected are 1 to 4 axes, the first of rows",
          "reshape it: rows x numbers, or rows x channels x height x width");
    }
    return switch (shape.length) {
      case 1 -> new int[] {1};
      case 3 -> new int[] {1, shape[1], shape[2]};
      default -> Arrays.copyOfRange(shape, 1, shape.length);
    };
  }

  /** The same with channels first. */
  static int[] turnedRow(int[] stored) {
    return channelsLast(stored) ? new int[] {stored[2], stored[0], stored[1]} : stored;
  }

  private static boolean channelsLast(int[] row) {
    return row.length == 3 && row[0] > 4 && (row[2] == 1 || row[2] == 3);
  }

  /** Copies rows of this shape into {@code out}, channels first. */
  static double[] channelsFirst(double[] values, int[] stored, double[] out) {
    if (!channelsLast(stored)) {
      System.arraycopy(values, 0, out, 0, values.length);
      return out;
    }
    int pixels = stored[0] * stored[1];
    int channels = stored[2];
    for (int i = 0; i < values.length; i++) {
      int image = i / (pixels * channels);
      int pixel = i / channels % pixels;
      out[(image * channels + i % channels) * pixels + pixel] = values[i];
    }
    return out;
  }

  private static void requireFinite(Path path, Npy.Content array) {
    double[] values = array.values();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        int width = values.length / array.shape()[0];
        throw notFinite(path, array.shape(), i / width, i % width, values[i]);
      }
    }
  }

  /** The error about number {@code inRow} of row {@code row} of an array. */
  static InputError notFinite(Path path, int[] shape, int row, int inRow, double value) {
    int[] index = new int[shape.length];
    int rest = inRow;
    for (int k = shape.length - 1; k > 0; k--) {
      index[k] = rest % shape[k];
      rest /= shape[k];
    }
    index[0] = row;
    return new InputError(
        path + Arrays.toString(index),
        "is " + Numbers.text(value) + "; all numbers must be finite",
        "remove these rows, or fill the gaps");
  }

  /** The data set of these rows, in the shape that the options ask for. */
  static Dataset dataset(
      Path path,
      int[] shape,
      List<String> columns,
      double[] values,
      int[] labels,
      List<String> classes,
      ReadOptions options) {
    if (values.length == 0) {
      throw new InputError(path, "has no rows", "check that it is the right file");
    }
    int[] row = rowShape(path, shape, columns, options);
    return new Dataset(
        name(path), row, row.length > 1 ? List.of() : columns, values, labels, classes);
  }

  /** What a file is called in messages. */
  static String name(Path path) {
    return path.getFileName() == null ? path.toString() : path.getFileName().toString();
  }

  /** The shape that the options ask for, of rows whose own is {@code shape}. */
  static int[] rowShape(Path path, int[] shape, List<String> columns, ReadOptions options) {
    int[] wanted = options.shape().orElse(shape);
    if (NamedArray.size(wanted) != NamedArray.size(shape)) {
      throw wrongShape(path, wanted, shape, columns);
    }
    return wanted.length == 2 ? new int[] {1, wanted[0], wanted[1]} : wanted;
  }

  private static InputError wrongShape(Path path, int[] wanted, int[] shape, List<String> columns) {
    long width = NamedArray.size(shape);
    boolean oneMore = width == NamedArray.size(wanted) + 1 && !columns.isEmpty();
    return new InputError(
        path,
        "has rows of "
            + width
            + " numbers, but the shape "
            + text(wanted)
            + " needs "
            + NamedArray.size(wanted),
        oneMore
            ? "if one column is the class of each row, pass it: --label "
                + columns.get(columns.size() - 1)
            : "give the shape that one row has, for example --image 28x28");
  }

  private static String text(int[] shape) {
    return Arrays.toString(shape).replaceAll("[\\[\\]]", "").replace(", ", "x");
  }

  private static Dataset labelled(Dataset data, Path path, Path labelFile) {
    Classes classes = classes(path, data.rows(), labelFile);
    return new Dataset(
        data.name(),
        data.shape(),
        data.columns(),
        data.values(),
        classes.labels(),
        classes.names());
  }

  /** A class per row, and the classes' names. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Classes(int[] labels, List<String> names) {}

  /** The classes of the {@code rows} rows of {@code path}, from a file of their own. */
  static Classes classes(Path path, int rows, Path labelFile) {
    Dataset classes = read(labelFile);
    if (classes.width() != 1) {
      throw new InputError(
          labelFile, "has rows of " + classes.width() + " numbers", "give one class per row");
    }
    if (classes.rows() != rows) {
      throw new InputError(
          labelFile,
          "has " + classes.rows() + " labels, but " + path + " has " + rows + " rows",
          "give the labels of these very rows");
    }
    Labels labels = new Labels();
    for (double value : classes.values()) {
      labels.add(Numbers.text(value));
    }
    return new Classes(labels.toArray(labelFile.toString()), labels.names(labelFile.toString()));
  }
}
