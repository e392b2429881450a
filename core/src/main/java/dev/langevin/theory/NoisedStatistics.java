package dev.langevin.theory;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * All that an {@link ErrorBudget} needs to know of the data: how well they can be denoised at each level of y = x₀ + σz. Of the posterior mean D,
 *
 * <pre>
 *   mmse(σ)   = E‖x₀ - D(y; σ)‖²,
 *   fisher(σ) = E‖∇ log p_σ(y)‖² = E‖D - y‖²/σ⁴ = (d - mmse/σ²)/σ².
 * </pre>
 *
 * @param dimension d
 * @param secondMoment E‖x₀‖²
 * @param mmse the mean square error of the posterior mean, all coordinates together; falls with the signal-to-noise ratio 1/σ²
 * @param fisher the Fisher information of the noised law; falls with σ
 * @param origin whether the curves are those of the data, or what a network's held-out loss says of them
 */
public record NoisedStatistics(
    int dimension, double secondMoment, LevelCurve mmse, LevelCurve fisher, Kind origin) {
  /** Where the curves come from. */
  public enum Kind {
    /** A closed form. */
    EXACT,
    /** A mean over draws of the data with the exact denoiser. */
    SAMPLED,
    /** A network's loss in place of the smallest possible one. */
    LOSS
  }

  public NoisedStatistics {
    Check.atLeast("dimension", dimension, 1);
    Check.notNegative("secondMoment", secondMoment);
  }

  /**
   * Of normal data N(m, Σ): mmse = Σ_i λ_i σ²/(λ_i + σ²), fisher = Σ_i 1/(λ_i + σ²).
   *
   * @param eigenvalues λ of Σ; zero or positive
   */
  public static NoisedStatistics normal(double[] mean, double[] eigenvalues) {
    double[] lambda = Check.length("eigenvalues", eigenvalues, mean.length).clone();
    double second = 0;
    for (int i = 0; i < lambda.length; i++) {
      second += Check.notNegative("eigenvalues[" + i + "]", lambda[i]) + mean[i] * mean[i];
    }
    return new NoisedStatistics(
        mean.length,
        second,
        LevelCurve.exact(s -> Arrays.stream(lambda).map(l -> l * (s * s / (l + s * s))).sum()),
        LevelCurve.exact(s -> Arrays.stream(lambda).map(l -> 1 / (l + s * s)).sum()),
        Kind.EXACT);
  }

  /**
   * From draws of the data and their exact denoiser.
   *
   * @param data {@code rows × d}, independent draws
   * @param secondMoment E‖x₀‖², known
   */
  public static NoisedStatistics sampled(
      Denoiser exact, double[] data, double secondMoment, Seed seed) {
    return new NoisedStatistics(
        exact.dimension(),
        secondMoment,
        LevelCurve.sampled(exact, data, seed, (x, y, m, from, d, s) -> gap(x, m, from, d)),
        LevelCurve.sampled(
            exact, data, seed, (x, y, m, from, d, s) -> gap(y, m, from, d) / s / s / s / s),
        Kind.SAMPLED);
  }

  /**
   * What a network's own losses say, in place of the unknown exact denoiser's: for estimates, not for bounds.
   *
   * @param loss E‖x₀ - D_θ‖²
   * @param residual E‖y - D_θ‖²
   */
  public static NoisedStatistics ofLosses(
      int dimension, double secondMoment, LevelCurve loss, LevelCurve residual) {
    LevelCurve fisher = LevelCurve.exact(s -> residual.at(s).value() / s / s / s / s);
    return new NoisedStatistics(dimension, secondMoment, loss, fisher, Kind.LOSS);
  }

  /**
   * E‖D_θ - D‖², the square by which an approximate denoiser misses the exact one, from draws of the data.
   *
   * @param approximate D_θ
   * @param exact D
   * @param data {@code rows × d}
   */
  public static LevelCurve denoiserGap(
      Denoiser approximate, Denoiser exact, double[] data, Seed seed) {
    double[] other = new double[data.length];
    double[] level = {Double.NaN};
    return LevelCurve.sampled(
        exact,
        data,
        seed,
        (x, y, m, from, d, s) -> {
          if (from == 0 || level[0] != s) {
            level[0] = s;
            approximate.denoise(y, data.length / d, s, other);
          }
          return gap(other, m, from, d);
        });
  }

  private static double gap(double[] one, double[] other, int from, int d) {
    double sum = 0;
    for (int j = from; j < from + d; j++) {
      double gap = one[j] - other[j];
      sum += gap * gap;
    }
    return sum;
  }
}
