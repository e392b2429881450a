package dev.langevin.distance;

import dev.langevin.math.Check;

/** Checks of the arguments that all distances share. */
final class Rows {
  private Rows() {}

  /** Refuses samples that are too small, too short for their shape, or not finite. */
  static void require(String name, double[] rows, int n, int d) {
    Check.atLeast("d", d, 1);
    Check.atLeast("rows of " + name, n, 2);
    if (rows.length < (long) n * d) {
      throw new IllegalArgumentException(
          name + " must hold " + n + " rows of " + d + " values, got length " + rows.length);
    }
    for (int i = 0; i < n * d; i++) {
      if (!Double.isFinite(rows[i])) {
        throw new IllegalArgumentException(
            name + " must be finite, got " + rows[i] + " in row " + i / d + ", column " + i % d);
      }
    }
  }
}
