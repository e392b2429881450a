package dev.langevin.density;

/**
 * A density written on the scale on which its parameters have a meaning: {@code tau} is positive here, a simplex sums to 1. {@link
 * Parameters#model} carries it to R^d, where samplers move; nothing about Jacobians is to be done here.
 */
@FunctionalInterface
public interface ConstrainedDensity {
  /**
   * Returns log p(x), up to a constant, and <em>adds</em> its partial derivatives to {@code gradient}. Outside the support: returns
   * negative infinity and leaves {@code gradient} unspecified.
   *
   * @param x the constrained parameters, block after block; {@link Parameters#at} tells where a block starts. Not to be written to
   * @param gradient as long as {@code x}, zero when called; ∂ log p/∂x[i] with the other entries held fixed (the entries of a simplex
   *     as if they were free of each other: the chain rule is applied afterwards)
   */
  double logDensity(double[] x, double[] gradient);

  /** An equal density for another thread; this one by default, which is right where there is no scratch state. */
  default ConstrainedDensity fork() {
    return this;
  }
}
