package dev.langevin.density;

/** A density on R^d, known up to a constant factor and without its gradient. For samplers that need no more. */
public interface LogDensity {
  /** d, the number of coordinates; at least 1. */
  int dimension();

  /**
   * Returns log p(x) up to a constant; negative infinity outside the support. NaN is understood as a failure of the computation
   * and stops a trajectory as a divergence.
   *
   * @param x the point, length d; must not be written to or kept. Called by one thread at a time, without random numbers
   */
  double logDensity(double[] x);
}
