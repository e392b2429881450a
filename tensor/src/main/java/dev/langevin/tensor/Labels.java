package dev.langevin.tensor;

import java.util.Arrays;

/**
 * What a network with labels is shown beside the rows in training.
 *
 * <p>For guidance without a classifier the network must know the law of all classes together too: then the last label is kept for "none",
 * and takes the place of a row's own with a fixed chance (Ho &amp; Salimans 2022, algorithm 1).
 *
 * @param ofRows the label of each row of the data, 0 … labels - 1; copied
 * @param dropped the chance of showing the last label in place of a row's own, 0 … 1; 0.1 to 0.2 is usual, 0 without guidance
 */
public record Labels(int[] ofRows, double dropped) {
  public Labels {
    ofRows = ofRows.clone();
    if (!(dropped >= 0 && dropped <= 1)) {
      throw new IllegalArgumentException("dropped must be between 0.0 and 1.0, got " + dropped);
    }
  }

  @Override
  public int[] ofRows() {
    return ofRows.clone();
  }

  /** Refuses labels that do not suit rows and network. */
  void check(int rows, Architecture architecture) {
    if (ofRows.length != rows) {
      throw new IllegalArgumentException(
          "labels must be one for each of " + rows + " rows, got " + ofRows.length);
    }
    for (int i = 0; i < rows; i++) {
      if (ofRows[i] < 0 || ofRows[i] >= architecture.labels()) {
        throw new IllegalArgumentException(
            "labels["
                + i
                + "] must be from 0 to "
                + (architecture.labels() - 1)
                + ", got "
                + ofRows[i]
                + ": make the network with more labels");
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels that
        && Arrays.equals(ofRows, that.ofRows)
        && dropped == that.dropped;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ofRows);
  }

  @Override
  public String toString() {
    return "Labels[of " + ofRows.length + " rows, dropped=" + dropped + "]";
  }
}
