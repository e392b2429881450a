package dev.langevin.distance;

import dev.langevin.random.Seed;

/** A way to compare two samples. Immutable: may be shared by threads. */
public interface Distance {
  /** Short name for tables, for example {@code sliced Wasserstein}. */
  String name();

  /**
   * Estimates the distance of the laws behind two samples.
   *
   * @param x first sample, {@code nx × d}, row-major, finite; must not be written to or kept
   * @param nx rows of {@code x}, at least 2
   * @param y second sample, {@code ny × d}, row-major, finite; must not be written to or kept
   * @param ny rows of {@code y}, at least 2
   * @param d columns, at least 1
   * @param seed where random numbers come from, if there are any: the same seed gives the same estimate
   */
  Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed);

  /** A value as people read it: three digits, or for example {@code 62.1 %}. */
  default String display(double value) {
    return Comparisons.rounded(value);
  }

  /** What a value means, as a clause: {@code a classifier guesses right 62.1 % of the time}. */
  default String meaning(double value) {
    return "the " + name() + " is " + display(value);
  }
}
