package dev.langevin.distance;

import dev.langevin.random.Seed;

/**
 * A way to compare a sample with a law that is known as a formula. Immutable: may be shared by threads. Its floor is the distance of exact draws of the law: {@link Comparisons}.
 *
 * @param <L> what must be known of the law: its score, its log density, its quantile function
 */
public interface LawDistance<L> extends Figure {
  /**
   * Estimates how far the law behind a sample is from a known one.
   *
   * @param x the sample, {@code n × d}, row-major, finite; must not be written to or kept
   * @param n rows, at least 2
   * @param d columns, at least 1
   * @param law the known law, of dimension d
   * @param seed where random numbers come from, if there are any: the same seed gives the same estimate
   */
  Estimate between(double[] x, int n, int d, L law, Seed seed);
}
