package dev.langevin.diffusion;

import dev.langevin.density.Score;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A denoiser seen as a score, and scores seen as a denoiser: the seam between the two doors. With x = a·x₀ + b·z and y = x/a,
 * σ = b/a: ∇ log q_t(x) = (a D(y; σ) - x)/b² (Tweedie). For the other forms, and for whole batches: {@link Predictions}.
 */
public final class Scores {
  private Scores() {}

  /**
   * The score of the law of x_t = a(t) x₀ + b(t) z under a denoiser. The view owns scratch arrays: one per thread, and one thread at
   * a time for all views of one denoiser. Its absolute error is at least 2<sup>-53</sup>|x|/b².
   *
   * @param t positive
   */
  public static Score of(Denoiser denoiser, Noising noising, double t) {
    return new DenoiserScore(denoiser, noising, Check.positive("t", t));
  }

  /**
   * The denoiser of a family of scores, one for each time of a noising process.
   *
   * @param dimension d
   * @param noising the process
   * @param at the score of the law of x_t, given t
   */
  public static Denoiser denoiser(int dimension, Noising noising, DoubleFunction<Score> at) {
    Check.atLeast("dimension", dimension, 1);
    return Predictions.denoiser(
        dimension, Prediction.SCORE, noising, new ScorePredictor(dimension, at));
  }

  /**
   * The denoiser of a ladder of scores that are known at some noise levels only.
   *
   * @param sigmas the levels σ, positive
   * @param scores for each level the score of the law of x₀ + σz; all of one dimension
   * @return asked for another level than these (to 9 digits), it throws an {@link IllegalArgumentException}
   */
  public static Denoiser ladder(double[] sigmas, List<Score> scores) {
    double[] levels = Check.length("sigmas", sigmas, scores.size()).clone();
    List<Score> rungs = List.copyOf(scores);
    Check.atLeast("levels", levels.length, 1);
    int d = rungs.get(0).dimension();
    for (int i = 0; i < levels.length; i++) {
      Check.positive("sigmas[" + i + "]", levels[i]);
      Check.between("dimension of scores[" + i + "]", rungs.get(i).dimension(), d, d);
    }
    return denoiser(d, new VarianceExploding(), sigma -> rungs.get(rung(levels, sigma)));
  }

  private static int rung(double[] levels, double sigma) {
    for (int i = 0; i < levels.length; i++) {
      if (Math.abs(levels[i] - sigma) <= 1e-9 * sigma) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "sigma must be one of the ladder's levels " + Arrays.toString(levels) + ", got " + sigma);
  }

  private static final class DenoiserScore implements Score {
    private final Predictions.View view;
    private final int dimension;
    private final double a;
    private final double b;
    private final double sigma;

    DenoiserScore(Denoiser denoiser, Noising noising, double t) {
      view = new Predictions.View(denoiser, Prediction.SCORE);
      dimension = denoiser.dimension();
      a = noising.signal(t);
      b = noising.noise(t);
      sigma = noising.sigma(t);
    }

    @Override
    public int dimension() {
      return dimension;
    }

    @Override
    public void score(double[] x, double[] out) {
      view.predict(x, 1, a, b, sigma, out);
    }
  }

  /** Row by row. */
  private static final class ScorePredictor implements Predictor {
    private final DoubleFunction<Score> at;
    private final double[] point;
    private final double[] gradient;

    ScorePredictor(int dimension, DoubleFunction<Score> at) {
      this.at = at;
      point = new double[dimension];
      gradient = new double[dimension];
    }

    @Override
    public void predict(double[] x, int rows, double t, double[] out) {
      Score score = at.apply(t);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(x, r * point.length, point, 0, point.length);
        score.score(point, gradient);
        System.arraycopy(gradient, 0, out, r * point.length, point.length);
      }
    }
  }
}
