package dev.langevin.io;

import dev.langevin.table.Dataset;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * CSV as every tool reads it: commas, a header, {@code \n}, numbers shortest-round-trip. The {@link Provenance} stands in two
 * comment lines at the head, which begin with {@code #}: {@link Datasets#read} skips them, so do {@code pandas.read_csv(…,
 * comment="#")}, {@code read.csv(…, comment.char="#")} and NumPy. Gzipped if the name ends in {@code .gz}, without a time stamp.
 */
public final class Csv {
  private Csv() {}

  /** Writes the lines of a text. */
  @FunctionalInterface
  interface TextWriter {
    void write(Writer out) throws IOException;
  }

  /**
   * Writes a table.
   *
   * @param columns one name per column
   * @param values row-major, a multiple of {@code columns.size()}
   * @throws InputError if it cannot be written
   */
  public static void write(
      Path target, List<String> columns, double[] values, Provenance provenance) {
    write(target, columns, values, new int[0], provenance);
  }

  /**
   * Writes a data set: columns as named, {@code x1}, {@code x2}, … where they have no names; labels, if there are any, as a last
   * column {@code label}.
   */
  public static void write(Path target, Dataset data, Provenance provenance) {
    List<String> columns = new ArrayList<>(data.columns());
    if (columns.size() != data.width()) {
      columns.clear();
      IntStream.rangeClosed(1, data.width()).forEach(i -> columns.add("x" + i));
    }
    write(target, columns, data.values(), data.labels(), provenance);
  }

  private static void write(
      Path target, List<String> columns, double[] values, int[] labels, Provenance provenance) {
    if (columns.isEmpty() || values.length % columns.size() != 0) {
      throw new IllegalArgumentException(
          "values must fill rows of " + columns.size() + " columns, got " + values.length);
    }
    boolean zipped = String.valueOf(target.getFileName()).endsWith(".gz");
    text(
        target,
        zipped,
        out -> {
          out.write(provenance.comments());
          out.write(String.join(",", columns.stream().map(Csv::quoted).toList()));
          out.write(labels.length == 0 ? "\n" : ",label\n");
          rows(out, columns.size(), values, labels);
        });
  }

  private static void rows(Writer out, int width, double[] values, int[] labels)
      throws IOException {
    for (int row = 0; row < values.length / width; row++) {
      for (int f = 0; f < width; f++) {
        out.write(f == 0 ? "" : ",");
        out.write(Numbers.text(values[row * width + f]));
      }
      out.write(labels.length == 0 ? "\n" : "," + labels[row] + "\n");
    }
  }

  /** Writes UTF-8 text all or nothing. */
  static void text(Path target, boolean zipped, TextWriter body) {
    AtomicFile.write(
        target,
        out -> {
          try (Writer writer =
              new BufferedWriter(
                  new OutputStreamWriter(
                      zipped ? new GZIPOutputStream(out, 1 << 16) : out, StandardCharsets.UTF_8))) {
            body.write(writer);
          }
        });
  }

  private static String quoted(String name) {
    return name.matches("[^,;\\t\"\\r\\n#]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
