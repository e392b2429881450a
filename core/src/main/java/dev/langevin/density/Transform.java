package dev.langevin.density;

import dev.langevin.math.Check;

/**
 * A smooth one-to-one map from all of R^free onto a constrained set, u ↦ x, with what it takes to move a density along it:
 *
 * <pre>
 *   log p_u(u) = log p_x(x(u)) + log |det J(u)|,    J = ∂x/∂u
 *   ∇_u log p_u = Jᵀ ∇_x log p_x + ∇_u log |det J|
 * </pre>
 *
 * <p>Where {@code size > free} (a simplex), x is charted by its first {@code free} entries: J is their derivative, and so the density
 * on the constrained set is the one with respect to dx[0] … dx[free-1].
 *
 * <p>Works on slices of longer arrays, so that the blocks of a model follow each other. Immutable and without scratch state: may be
 * shared by all threads. In the tails x is kept strictly inside its bounds, where rounding would put it on one.
 */
public interface Transform {
  /** How many unconstrained numbers go in. */
  int free();

  /** How many constrained numbers come out. */
  int size();

  /**
   * Writes x(u) and returns log |det J(u)|.
   *
   * @param u unconstrained numbers, read from {@code u[uFrom]} on
   * @param x constrained numbers, written from {@code x[xFrom]} on
   */
  double constrain(double[] u, int uFrom, double[] x, int xFrom);

  /**
   * Turns the gradient of log p_x with respect to x into the gradient of log p_u with respect to u, Jacobian term included.
   *
   * @param u the unconstrained numbers
   * @param x what {@link #constrain} made of them
   * @param xGradient ∂ log p_x/∂x[i], read from {@code xFrom} on
   * @param uGradient written from {@code uFrom} on
   */
  void pullBack(
      double[] u, int uFrom, double[] x, int xFrom, double[] xGradient, double[] uGradient);

  /**
   * Writes u(x), the inverse of {@link #constrain}.
   *
   * @throws IllegalArgumentException if x is not inside the constrained set
   */
  void unconstrain(double[] x, int xFrom, double[] u, int uFrom);

  /** x = u: {@code n} real numbers. */
  static Transform identity(int n) {
    return new Identity(n);
  }

  /** x = e^u: {@code n} positive numbers. */
  static Transform positive(int n) {
    return above(0, n);
  }

  /** x = lower + e^u: {@code n} numbers above a finite bound. */
  static Transform above(double lower, int n) {
    return new HalfLine(n, lower, true);
  }

  /** x = upper - e^u: {@code n} numbers below a finite bound. */
  static Transform below(double upper, int n) {
    return new HalfLine(n, upper, false);
  }

  /** x = lower + (upper - lower)/(1 + e^-u): {@code n} numbers between finite bounds. */
  static Transform between(double lower, double upper, int n) {
    return new Interval(n, lower, upper);
  }

  /** x[0] = u[0], x[k] = x[k-1] + e^u[k]: {@code n} increasing numbers. */
  static Transform ordered(int n) {
    return new Ordered(n);
  }

  /** {@code n} positive numbers of sum 1, by breaking a stick at logistic fractions; {@code n-1} are free. */
  static Transform simplex(int n) {
    return new Simplex(n);
  }

  /** {@code times} blocks of this kind, one after the other. */
  default Transform repeated(int times) {
    return new Repeated(this, times);
  }

  /** Returns x(u) in a new array. */
  default double[] constrain(double[] u) {
    Check.length("u", u, free());
    double[] x = new double[size()];
    constrain(u, 0, x, 0);
    return x;
  }

  /** Returns u(x) in a new array. */
  default double[] unconstrain(double[] x) {
    Check.length("x", x, size());
    double[] u = new double[free()];
    unconstrain(x, 0, u, 0);
    return u;
  }
}
