package dev.langevin.diffusion;

import dev.langevin.density.Score;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A denoiser seen as a score, and scores seen as a denoiser: the seam between the two doors. With x = a·x₀ + b·z and y = x/a,
 * σ = b/a: ∇ log q_t(x) = (a D(y; σ) - x)/b² (Tweedie).
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
    return new ScoreDenoiser(Check.atLeast("dimension", dimension, 1), noising, at);
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
    private final Denoiser denoiser;
    private final double a;
    private final double b;
    private final double sigma;
    private final double[] y;

    DenoiserScore(Denoiser denoiser, Noising noising, double t) {
      this.denoiser = denoiser;
      a = noising.signal(t);
      b = noising.noise(t);
      sigma = noising.sigma(t);
      y = new double[denoiser.dimension()];
    }

    @Override
    public int dimension() {
      return y.length;
    }

    @Override
    public void score(double[] x, double[] out) {
      for (int j = 0; j < y.length; j++) {
        y[j] = x[j] / a;
      }
      denoiser.denoise(y, 1, sigma, out);
      Prediction.DENOISED.convert(Prediction.SCORE, out, x, y.length, a, b);
    }
  }

  private static final class ScoreDenoiser implements Denoiser {
    private final Noising noising;
    private final DoubleFunction<Score> at;
    private final double[] x;
    private final double[] s;

    ScoreDenoiser(int dimension, Noising noising, DoubleFunction<Score> at) {
      this.noising = noising;
      this.at = at;
      x = new double[dimension];
      s = new double[dimension];
    }

    @Override
    public int dimension() {
      return x.length;
    }

    @Override
    public void denoise(double[] y, int rows, double sigma, double[] out) {
      double t = noising.time(sigma);
      double a = noising.signal(t);
      double b = noising.noise(t);
      Score score = at.apply(t);
      for (int r = 0; r < rows; r++) {
        int row = r * x.length;
        for (int j = 0; j < x.length; j++) {
          x[j] = a * y[row + j];
        }
        score.score(x, s);
        Prediction.SCORE.convert(Prediction.DENOISED, s, x, x.length, a, b);
        System.arraycopy(s, 0, out, row, x.length);
      }
    }
  }
}
