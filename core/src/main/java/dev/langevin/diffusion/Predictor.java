package dev.langevin.diffusion;

/**
 * A function that predicts one {@link Prediction} for points of one {@link Noising}: a network, a formula, or a denoiser seen in these variables. {@link Predictions} turns it into a {@link
 * Denoiser} and back. What it predicts and of which process is not part of it and must be said where it is used.
 */
@FunctionalInterface
public interface Predictor {
  /**
   * Predicts every row.
   *
   * @param x {@code rows × d}, row-major, points of the process at time t: x = a(t) x₀ + b(t) z; must not be written to or kept
   * @param rows number of rows, at least 1; the arrays may be longer
   * @param t the time
   * @param out {@code rows × d}, overwritten with the predictions; never the same array as {@code x}
   */
  void predict(double[] x, int rows, double t, double[] out);
}
