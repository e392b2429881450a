package dev.langevin.density;

/**
 * The score of a posterior, term by term: log p(x | data) = log prior(x) + Σ_i log p(datum i | x), up to a constant. For methods that look at a few of
 * the data at a time, and never at log p itself.
 *
 * <p>Called by one thread at a time; {@link #fork} makes another instance. Where a term is not finite the methods that use it say so and stay.
 */
public interface DataScore {
  /** d, the number of coordinates; at least 1. */
  int dimension();

  /** n, the number of data; at least 1. */
  int size();

  /**
   * Writes the gradient of the log prior at {@code x}.
   *
   * @param x the point, length d; must not be written to or kept
   * @param out length d, overwritten; must not be kept
   */
  void prior(double[] x, double[] out);

  /**
   * Adds {@code weight} times the gradient of log p(datum i | x).
   *
   * @param i the datum, from 0 to n - 1
   * @param x the point, length d; must not be written to or kept
   * @param weight a factor
   * @param out length d, added to; must not be kept
   */
  void add(int i, double[] x, double weight, double[] out);

  /** Another instance of the same terms, for another thread; this one, if it has no scratch arrays of its own. */
  default DataScore fork() {
    return this;
  }

  /** Writes the whole gradient at {@code x}, of all n data. */
  default void all(double[] x, double[] out) {
    prior(x, out);
    for (int i = 0; i < size(); i++) {
      add(i, x, 1, out);
    }
  }
}
