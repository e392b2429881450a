package dev.langevin.diffusion;

import dev.langevin.density.Score;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.math.Check;
import java.util.function.DoubleFunction;

/**
 * Denoisers steered towards a class. The score is a gradient of a log density and a class adds ∇ log p(class | y) to it; in a denoiser that is σ² times as much (Tweedie).
 *
 * <p>A scale other than 0 and 1 steers towards p_σ(y) p_σ(class | y)<sup>scale</sup> at every single level, which are not the noised laws of any one distribution: what a solver then draws is
 * more typical of the class than the class is, and follows no law that could be written down.
 */
public final class Guidance {
  private Guidance() {}

  /**
   * By a classifier: D + scale·σ² ∇_y log p(class | y; σ) (Dhariwal &amp; Nichol 2021, algorithm 1).
   *
   * @param denoiser of all classes together
   * @param at ∇_y log p(class | y) at noise level σ, in the variables y of {@link Denoiser}, given σ
   * @param scale 0 leaves the denoiser as it is, 1 conditions it
   */
  public static Denoiser byClassifier(Denoiser denoiser, DoubleFunction<Score> at, double scale) {
    return new Classified(denoiser, at, Check.finite("scale", scale));
  }

  /**
   * Without a classifier: D_u + w(D_c - D_u) (Ho &amp; Salimans 2022, eq. 6, whose w is ours less 1).
   *
   * @param all D_u, of all classes together
   * @param conditional D_c, of the class
   * @param weight w: 0 is exactly {@code all} and 1 exactly {@code conditional}, of which then only that one is asked
   */
  public static Denoiser classifierFree(Denoiser all, Denoiser conditional, double weight) {
    Check.between(
        "dimension of conditional", conditional.dimension(), all.dimension(), all.dimension());
    if (Check.finite("weight", weight) == 0) {
      return all;
    }
    return weight == 1 ? conditional : new Blend(all, conditional, weight);
  }

  /**
   * The law of a mixture given a class, where component k belongs to it with probability {@code membership[k]}: the same components with the weights w_k·membership[k]. Its
   * {@link GaussianMixtureDenoiser} is the exact conditional denoiser.
   *
   * @param membership one per component, 0 … 1, not all zero
   */
  public static GaussianMixture given(GaussianMixture mixture, double[] membership) {
    double[] weights = mixture.weights();
    Check.length("membership", membership, weights.length);
    for (int k = 0; k < weights.length; k++) {
      if (!(membership[k] >= 0 && membership[k] <= 1)) {
        throw new IllegalArgumentException(
            "membership[" + k + "] must be between 0.0 and 1.0, got " + membership[k]);
      }
      weights[k] *= membership[k];
    }
    return mixture.reweighted(weights);
  }

  private static final class Classified implements Denoiser {
    private final Denoiser denoiser;
    private final DoubleFunction<Score> at;
    private final double scale;
    private final double[] point;
    private final double[] gradient;

    Classified(Denoiser denoiser, DoubleFunction<Score> at, double scale) {
      this.denoiser = denoiser;
      this.at = at;
      this.scale = scale;
      point = new double[denoiser.dimension()];
      gradient = new double[denoiser.dimension()];
    }

    @Override
    public int dimension() {
      return point.length;
    }

    @Override
    public void denoise(double[] y, int rows, double sigma, double[] out) {
      denoiser.denoise(y, rows, sigma, out);
      double factor = scale * Levels.variance(sigma);
      Score score = at.apply(sigma);
      for (int r = 0; r < rows; r++) {
        int from = r * point.length;
        System.arraycopy(y, from, point, 0, point.length);
        score.score(point, gradient);
        for (int j = 0; j < point.length; j++) {
          out[from + j] += factor * gradient[j];
        }
      }
    }
  }

  private static final class Blend implements Denoiser {
    private final Denoiser all;
    private final Denoiser conditional;
    private final double weight;
    private double[] steered = new double[0];

    Blend(Denoiser all, Denoiser conditional, double weight) {
      this.all = all;
      this.conditional = conditional;
      this.weight = weight;
    }

    @Override
    public int dimension() {
      return all.dimension();
    }

    @Override
    public void denoise(double[] y, int rows, double sigma, double[] out) {
      int size = rows * dimension();
      if (steered.length < size) {
        steered = new double[size];
      }
      all.denoise(y, rows, sigma, out);
      conditional.denoise(y, rows, sigma, steered);
      for (int i = 0; i < size; i++) {
        out[i] += weight * (steered[i] - out[i]);
      }
    }
  }
}
