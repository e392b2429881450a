package dev.langevin.density;

/**
 * A density on R^d, known up to a constant factor, with its gradient: what the user writes to sample from it.
 *
 * <p>One instance is used by one thread at a time. An instance without scratch arrays may be shared by all chains; one with
 * scratch arrays returns a fresh twin from {@link #fork()}.
 */
public interface Density extends Score, LogDensity {
  @Override
  int dimension();

  /**
   * Writes the gradient of log p at {@code x} into {@code gradient} and returns log p(x), up to a constant. Outside the support:
   * returns negative infinity and leaves {@code gradient} unspecified. Must not write to {@code x}, keep either array, or draw
   * random numbers.
   *
   * @param x the point, length d
   * @param gradient length d, overwritten
   */
  double logDensity(double[] x, double[] gradient);

  @Override
  default double logDensity(double[] x) {
    return logDensity(x, new double[dimension()]);
  }

  @Override
  default void score(double[] x, double[] out) {
    logDensity(x, out);
  }

  /** An equal density for another thread; this one by default, which is right where the density has no scratch state. */
  default Density fork() {
    return this;
  }
}
