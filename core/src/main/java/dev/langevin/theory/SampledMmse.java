package dev.langevin.theory;

import dev.langevin.density.ExactLaw;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * A curve by Monte Carlo with any exact denoiser. Every sample is a path γy = γx₀ + B_γ over all levels; the falls mmse(γ_i) - mmse(γ_{i+1}) = E‖D_{i+1} - D_i‖² are estimated from it, which are never negative and far less noisy than differences
 * of losses, and the loss at the last level closes the sum. Between two levels a fall may sit anywhere: the limits allow for it, so that more levels make them narrower. Limits are three standard errors wider than that; where falls are added, so are
 * their errors, which is no less than the error of the sum.
 */
public final class SampledMmse implements MmseCurve {
  private final int dimension;
  private final double[] gammas; // 0 first
  private final Bracket[] falls; // between one and the next
  private final Bracket last;

  private SampledMmse(int dimension, double[] gammas, Bracket[] falls, Bracket last) {
    this.dimension = dimension;
    this.gammas = gammas;
    this.falls = falls;
    this.last = last;
  }

  /**
   * From samples. O(samples × levels) calls of the denoiser, each with one row.
   *
   * @param data what is noised
   * @param denoiser the data's own
   * @param mean the data's mean, length d
   * @param sigmas levels, positive and falling; the curve ends at the last
   * @param samples at least 2
   * @param seed address of the random numbers; sample r has {@code seed.child(r)}
   */
  public static SampledMmse of(
      ExactLaw data, Denoiser denoiser, double[] mean, double[] sigmas, int samples, Seed seed) {
    Check.atLeast("samples", samples, 2);
    Check.atLeast("number of sigmas", sigmas.length, 1);
    int d = denoiser.dimension();
    Check.length("mean", mean, d);
    double[] gammas = new double[sigmas.length + 1];
    RunningMean[] moved = new RunningMean[sigmas.length];
    for (int k = 0; k < sigmas.length; k++) {
      gammas[k + 1] = MmseCurve.snr(Check.positive("sigmas[" + k + "]", sigmas[k]));
      Check.positive("rise of 1/sigma² to sigmas[" + k + "]", gammas[k + 1] - gammas[k]);
      moved[k] = new RunningMean();
    }
    RunningMean loss = new RunningMean();
    double[] x = new double[d];
    double[] path = new double[d];
    double[] y = new double[d];
    double[] before = new double[d];
    double[] now = new double[d];
    AddressedRandom random = seed.random();
    for (int r = 0; r < samples; r++) {
      random.moveTo(seed.child(r));
      data.sample(random, x);
      Arrays.fill(path, 0);
      System.arraycopy(mean, 0, before, 0, d);
      for (int k = 0; k < sigmas.length; k++) {
        double root = Math.sqrt(gammas[k + 1] - gammas[k]);
        for (int i = 0; i < d; i++) {
          path[i] += root * random.nextGaussian();
          y[i] = x[i] + path[i] / gammas[k + 1];
        }
        denoiser.denoise(y, 1, sigmas[k], now);
        moved[k].add(square(now, before));
        System.arraycopy(now, 0, before, 0, d);
      }
      loss.add(square(x, before));
    }
    Bracket[] falls = new Bracket[moved.length];
    for (int k = 0; k < falls.length; k++) {
      falls[k] = moved[k].bracket();
    }
    return new SampledMmse(d, gammas, falls, loss.bracket());
  }

  private static double square(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public Source source() {
    return Source.MONTE_CARLO;
  }

  @Override
  public Bracket at(double sigma) {
    double gamma = inside(MmseCurve.snr(sigma));
    Bracket sum = last;
    for (int k = falls.length - 1; k >= 0 && gammas[k + 1] > gamma; k--) {
      double left = Math.max(gamma, gammas[k]);
      boolean whole = left == gammas[k];
      double share = (gammas[k + 1] - left) / (gammas[k + 1] - gammas[k]);
      sum =
          sum.plus(
              new Bracket(share * falls[k].value(), whole ? falls[k].low() : 0, falls[k].high()));
    }
    return sum;
  }

  @Override
  public Bracket excess(double from, double to) {
    double start = inside(MmseCurve.snr(from));
    double end = inside(start + MmseCurve.snrStep(from, to));
    Bracket sum = Bracket.ZERO;
    for (int k = 0; k < falls.length; k++) {
      double left = Math.max(start, gammas[k]);
      double right = Math.min(end, gammas[k + 1]);
      if (left < right) {
        boolean whole = left == gammas[k] && right == gammas[k + 1];
        double share = (right - left) / (gammas[k + 1] - gammas[k]);
        sum =
            sum.plus(
                new Bracket(
                    share * falls[k].value() * (end - 0.5 * (left + right)),
                    whole ? falls[k].low() * (end - right) : 0,
                    falls[k].high() * (end - left)));
      }
    }
    return sum;
  }

  /** γ, moved onto a level that it misses by rounding. */
  private double inside(double gamma) {
    for (double level : gammas) {
      if (Math.abs(gamma - level) <= 1e-9 * level) {
        return level;
      }
    }
    double end = gammas[gammas.length - 1];
    if (gamma > end) {
      throw new IllegalArgumentException(
          "sigma must be at least the curve's last, "
              + 1 / Math.sqrt(end)
              + ", got "
              + 1 / Math.sqrt(gamma));
    }
    return gamma;
  }
}
