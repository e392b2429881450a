package dev.langevin.energy;

/**
 * p_θ(x) ∝ exp f_θ(x) on R^d or on {-1, 1}^d with a normaliser Z(θ) that nobody knows. By ∇_θ log Z = E_{p_θ}[∇_θ f] the log likelihood has the gradient
 *
 * <p>E_data[∇_θ f] - E_{p_θ}[∇_θ f],
 *
 * <p>and needs draws of the model, not Z (LeCun, Chopra, Hadsell, Ranzato &amp; Huang 2006; Hinton 2002). Implementations hold no state: θ is passed in.
 */
public interface EnergyModel {
  /** d, the number of coordinates of x; at least 1. */
  int dimension();

  /** Number of parameters. */
  int size();

  /** f_θ(x). */
  double value(double[] theta, double[] x);

  /**
   * Adds {@code factor} · ∇_θ f_θ(x) to {@code out}.
   *
   * @param out as long as θ
   */
  void addGradient(double[] theta, double[] x, double factor, double[] out);
}
