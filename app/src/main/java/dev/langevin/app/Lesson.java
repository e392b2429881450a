package dev.langevin.app;

import dev.langevin.io.RowFile;
import dev.langevin.table.Dataset;
import dev.langevin.table.RowSource;
import dev.langevin.tensor.Labels;
import dev.langevin.tensor.NetworkDenoiser;
import dev.langevin.tensor.Rows;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Data as a network learns from them, on its own scale: the rows that it is shown, with their classes if it takes any, and the rows that are held out to judge it.
 *
 * @param d numbers in a row
 * @param rows to learn from, each of d numbers
 * @param labels of these rows; null for a network without labels
 * @param apart {@code m × d}, held out; may be empty
 * @param labelsApart of the held-out rows; empty for a network without labels
 */
record Lesson(int d, Rows rows, @Nullable Labels labels, float[] apart, int[] labelsApart) {
  private static final int MOST_APART = 10_000; // of a file's rows
  private static final int MOST_NUMBERS_APART = 1 << 22;

  /** With rows in memory, {@code n × d}. */
  Lesson(int d, float[] rows, @Nullable Labels labels, float[] apart, int[] labelsApart) {
    this(d, Rows.of(rows, rows.length / d, d), labels, apart, labelsApart);
  }

  /** The rows of {@code data}, split and scaled. */
  static Lesson of(Dataset data, Split split, Scaling scaling, Optional<Classes> classes) {
    float[] shown = scaling.toNetwork(data.select(split.training()).values());
    Rows rows = Rows.of(shown, split.training().length, data.width());
    return of(data, rows, split, split.heldOut(), scaling, classes);
  }

  /**
   * The rows of a file that stay there until they are shown. Held out rows are kept in memory: all, or {@value #MOST_APART} (and {@value #MOST_NUMBERS_APART} numbers), spread
   * evenly over them. Must be used before the file is closed.
   */
  static Lesson of(RowFile data, Split split, Scaling scaling, Optional<Classes> classes) {
    int most = Math.max(2, Math.min(MOST_APART, MOST_NUMBERS_APART / data.width()));
    int held = split.heldOut().length;
    int[] apart = new int[Math.min(most, held)];
    Arrays.setAll(apart, i -> split.heldOut()[(int) ((long) held * i / apart.length)]);
    Rows rows = new FileRows(data, split.training(), scaling);
    return of(data, rows, split, apart, scaling, classes);
  }

  private static Lesson of(
      RowSource data,
      Rows rows,
      Split split,
      int[] apart,
      Scaling scaling,
      Optional<Classes> classes) {
    int[] labels = data.labels();
    return new Lesson(
        data.width(),
        rows,
        classes.map(known -> known.shown(at(labels, split.training()))).orElse(null),
        scaled(data, apart, scaling),
        classes.isPresent() ? at(labels, apart) : new int[0]);
  }

  private static int[] at(int[] labels, int[] rows) {
    return Arrays.stream(rows).map(row -> labels[row]).toArray();
  }

  private static float[] scaled(RowSource data, int[] chosen, Scaling scaling) {
    float[] scaled = new float[chosen.length * data.width()];
    double[] row = new double[data.width()];
    for (int i = 0; i < chosen.length; i++) {
      data.read(chosen[i], row);
      scaling.toNetwork(row, scaled, i * row.length);
    }
    return scaled;
  }

  /** How many rows are learned from. */
  int count() {
    return rows.count();
  }

  /** How many rows are held out. */
  int countApart() {
    return apart.length / d;
  }

  /** What the loss on held-out rows is taken of: a network with labels is told each row's own class. */
  HeldOutLoss.Told told(NetworkDenoiser network) {
    return labels == null
        ? rows -> network
        : rows -> network.givenEach(Arrays.stream(rows).map(r -> labelsApart[r]).toArray());
  }
}
