package dev.langevin.app;

import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * Which rows a model learns from and which are held out to judge it. The choice depends on the number of rows and the fraction
 * only, not on the user's seed: whoever fits, evaluates or compares models on the same data holds out the same rows, and a larger
 * fraction holds out the rows of a smaller one and more.
 *
 * @param training indices of the rows to learn from, increasing
 * @param heldOut indices of the other rows, increasing
 */
record Split(int[] training, int[] heldOut) {
  private static final Seed ADDRESS = Seed.of(0).child("held out");

  /**
   * Splits {@code rows} rows.
   *
   * @param fraction of the rows to hold out, 0 … 1, rounded to whole rows; at least one row is left to learn from
   */
  static Split of(int rows, double fraction) {
    Check.atLeast("rows", rows, 1);
    int[] order = permutation(rows);
    int held = (int) Math.min(rows - 1L, Math.round(rows * fraction));
    return new Split(sorted(order, held, rows), sorted(order, 0, held));
  }

  /** Fisher and Yates's shuffle (Durstenfeld 1964) at a fixed address. */
  private static int[] permutation(int rows) {
    AddressedRandom random = ADDRESS.random();
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static int[] sorted(int[] order, int from, int to) {
    int[] part = Arrays.copyOfRange(order, from, to);
    Arrays.sort(part);
    return part;
  }
}
