package dev.langevin.density;

/**
 * The score of a distribution on R^d, ∇ log p: the one thing that both doors of sampling need. A {@link Density} is a score that
 * also knows log p; a denoiser at a noise level is a score too.
 *
 * <p>Called by one thread at a time: who shares a score among threads gives each its own, or makes it free of scratch state.
 */
public interface Score {
  /** d, the number of coordinates; at least 1. */
  int dimension();

  /**
   * Writes ∇ log p(x) into {@code out}.
   *
   * @param x the point, length d; must not be written to or kept
   * @param out length d, overwritten; must not be kept
   */
  void score(double[] x, double[] out);
}
