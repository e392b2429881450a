package dev.langevin.diffusion;

/**
 * A denoiser whose Jacobian ∂D(y; σ)/∂y can be asked for, one product at a time. Where D is a true posterior mean the Jacobian is Cov[x₀ | y]/σ², symmetric and
 * without negative eigenvalues (the second-order Tweedie formula; Efron 2011); that of a network need not be.
 */
public interface DifferentiableDenoiser extends Denoiser {
  /**
   * Writes E[x₀ | y] and the products Jᵀv for every row.
   *
   * @param y {@code rows × d}, row-major; must not be written to or kept
   * @param rows number of rows, at least 1; the arrays may be longer
   * @param sigma noise level, positive and finite
   * @param v {@code rows × d}, what Jᵀ is applied to; must not be written to
   * @param denoised {@code rows × d}, overwritten with D(y; σ)
   * @param out {@code rows × d}, overwritten with Jᵀv; none of the other arrays
   */
  void pullBack(double[] y, int rows, double sigma, double[] v, double[] denoised, double[] out);
}
