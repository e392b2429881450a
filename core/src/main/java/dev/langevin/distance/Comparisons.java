package dev.langevin.distance;

import dev.langevin.random.Seed;

/** Sets a distance beside its floor. */
public final class Comparisons {
  private Comparisons() {}

  /**
   * Compares a sample with real rows.
   *
   * @param distance how to compare
   * @param sample {@code n × d}, row-major
   * @param n rows of the sample, at least 2
   * @param real {@code m × d}, row-major
   * @param m real rows, at least 4
   * @param d columns
   * @param seed where the random halves, and the distance's own numbers, come from
   */
  public static Comparison against(
      Distance distance, double[] sample, int n, double[] real, int m, int d, Seed seed) {
    throw new UnsupportedOperationException();
  }

  /** Three significant digits. */
  static String rounded(double value) {
    return String.valueOf(value);
  }
}
