package dev.langevin.diffusion;

/**
 * A diffusion process dX = f(X, t) dt + G(X, t) dB of any kind: what {@link Noising} is too narrow for, a drift that mixes coordinates or a noise that depends on the point. {@link
 * Reversal} turns it around.
 */
public interface ItoProcess {
  /** d, the number of coordinates. */
  int dimension();

  /** m, the number of independent Brownian motions: G is d × m. */
  int noises();

  /** Writes f(x, t), length d. */
  void drift(double[] x, double t, double[] out);

  /** Writes G(x, t)z, length d, of z of length m. */
  void spread(double[] x, double t, double[] z, double[] out);

  /** Writes A(x, t)v with A = GGᵀ, length d, of v of length d. */
  void diffuse(double[] x, double t, double[] v, double[] out);

  /** Writes ∇·A(x, t), the vector of Σ_j ∂A_ij/∂x_j, length d; zero where G does not depend on x. */
  void divergence(double[] x, double t, double[] out);
}
