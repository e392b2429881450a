package dev.langevin.diffusion;

/**
 * The posterior mean D(y; σ) = E[x₀ | x₀ + σz = y], z ~ N(0, I): the one function that every diffusion sampler needs. It <em>is</em> a
 * score: ∇ log p_σ(y) = (D(y; σ) - y)/σ² (Tweedie; Robbins 1956, Efron 2011).
 *
 * <p>The variance-exploding variables (signal scale 1, noise scale σ) are the common ground: a process x_t = a·x₀ + b·z is reached
 * by y = x_t / a and σ = b / a, see {@link Noising}. Rows are independent: the result of a row never depends on its batch.
 * Called by one thread at a time.
 */
public interface Denoiser {
  /** d, the number of coordinates of a row; at least 1. */
  int dimension();

  /**
   * Writes E[x₀ | y] for every row.
   *
   * @param y {@code rows × d}, row-major; must not be written to or kept
   * @param rows number of rows, at least 1; the arrays may be longer
   * @param sigma noise level, positive and finite
   * @param out {@code rows × d}, overwritten; must not be the same array as {@code y}
   */
  void denoise(double[] y, int rows, double sigma, double[] out);
}
