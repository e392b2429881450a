package dev.langevin.app;

import dev.langevin.table.Dataset;
import dev.langevin.tensor.Labels;
import dev.langevin.tensor.NetworkDenoiser;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Data as a network learns from them, on its own scale: the rows that it is shown, with their classes if it takes any, and the rows that are held out to judge it.
 *
 * @param d numbers in a row
 * @param rows {@code n × d}, to learn from
 * @param labels of these rows; null for a network without labels
 * @param apart {@code m × d}, held out; may be empty
 * @param labelsApart of the held-out rows; empty for a network without labels
 */
record Lesson(int d, float[] rows, @Nullable Labels labels, float[] apart, int[] labelsApart) {
  /** The rows of {@code data}, split and scaled. */
  static Lesson of(Dataset data, Split split, Scaling scaling, Optional<Classes> classes) {
    Dataset training = data.select(split.training());
    Dataset heldOut = data.select(split.heldOut());
    return new Lesson(
        data.width(),
        scaling.toNetwork(training.values()),
        classes.map(known -> known.shown(training.labels())).orElse(null),
        scaling.toNetwork(heldOut.values()),
        classes.isPresent() ? heldOut.labels() : new int[0]);
  }

  /** How many rows are learned from. */
  int count() {
    return rows.length / d;
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
