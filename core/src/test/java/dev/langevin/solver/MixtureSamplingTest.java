package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.TimeRescaled;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fresh rows of a mixture with three well separated parts in the plane have the right shares, means and distribution functions. Fixed seed;
 * each statistic's threshold is crossed by right rows with probability at most 10⁻⁶ (Hoeffding for the shares, Dvoretzky–Kiefer–Wolfowitz
 * with Massart's constant for the functions, the normal law for the means), plus an allowance for the solver's own, deterministic error.
 */
class MixtureSamplingTest {
  private static final int N = 10_000;
  private static final double[] WEIGHTS = {0.2, 0.3, 0.5};
  private static final double[][] MEANS = {{-3, 0}, {3, 1}, {0.5, 4}};
  private static final double[] SDS = {0.3, 0.5, 0.4};
  private static final double BOUND = Math.sqrt(Math.log(2 / 1e-6) / (2.0 * N)); // 0.0269
  private static final double ALLOWANCE = 0.008; // of a distribution function; see the settings

  private static GaussianMixture mixture(double... weights) {
    return GaussianMixture.isotropic(weights, MEANS, SDS);
  }

  /**
   * Steps so many that the law of the output is off by less than {@link #ALLOWANCE}: spreads come out at most 2 % off (the linear case,
   * exactly), which moves a distribution function by at most 0.242 · 0.02 = 0.005.
   */
  static List<Generation> generations() {
    return List.of(
        new Generation(new Heun(), 40, 0.01, 80),
        new Generation(new Euler(), 200, 0.01, 80),
        new Generation(new ExponentialIntegrator(), 300, 0.01, 80),
        new Generation(new UniPc(3), 32, 0.01, 80),
        new Generation(new SdeDpmSolverPlusPlus(2), 80, 0.01, 80),
        new Generation(new AnnealedLangevin(2, 0.5, true), 1200, 0.02, 40),
        new Generation(new EulerMaruyama(TimeRescaled.linear()), 500, 0.01, 80));
  }

  private static double[] rows(Generation recipe, Denoiser denoiser) {
    return recipe.sample(denoiser, N, 500, Seed.of(2024), StepListener.NONE);
  }

  @ParameterizedTest
  @MethodSource("generations")
  void fresh_rows_follow_the_mixture(Generation recipe) {
    Verdict verdict = judge(rows(recipe, new GaussianMixtureDenoiser(mixture(WEIGHTS))));
    assertThat(verdict.share).isLessThan(1);
    assertThat(verdict.mean).isLessThan(1);
    assertThat(verdict.function).isLessThan(1);
  }

  @Test
  void wrong_shares_are_seen() {
    Verdict verdict =
        judge(rows(generations().get(0), new GaussianMixtureDenoiser(mixture(0.25, 0.3, 0.45))));
    assertThat(verdict.share).isGreaterThan(1.2);
  }

  @Test
  void a_shift_by_a_seventh_of_a_standard_deviation_is_seen() {
    double[][] moved = {{-3, 0}, {3, 1}, {0.5 + 0.06, 4}};
    Denoiser shifted = new GaussianMixtureDenoiser(GaussianMixture.isotropic(WEIGHTS, moved, SDS));
    assertThat(judge(rows(generations().get(0), shifted)).mean).isGreaterThan(1.2);
  }

  @Test
  void wrong_spreads_are_seen() {
    double[] wide = {0.3 * 1.5, 0.5 * 1.5, 0.4 * 1.5};
    Denoiser wider = new GaussianMixtureDenoiser(GaussianMixture.isotropic(WEIGHTS, MEANS, wide));
    assertThat(judge(rows(generations().get(0), wider)).function).isGreaterThan(1.2);
  }

  /** Each statistic over its threshold: above 1 fails. */
  record Verdict(double share, double mean, double function) {}

  private static Verdict judge(double[] rows) {
    int[] count = new int[3];
    double[][] sum = new double[3][2];
    for (int r = 0; r < N; r++) {
      int k = nearest(rows[2 * r], rows[2 * r + 1]);
      count[k]++;
      sum[k][0] += rows[2 * r];
      sum[k][1] += rows[2 * r + 1];
    }
    double share = 0;
    double mean = 0;
    for (int k = 0; k < 3; k++) {
      share = Math.max(share, Math.abs((double) count[k] / N - WEIGHTS[k]) / (BOUND + ALLOWANCE));
      for (int j = 0; j < 2; j++) {
        double off = Math.abs(sum[k][j] / count[k] - MEANS[k][j]);
        // 4.9 standard errors, and 2 % of a standard deviation for the solver
        mean = Math.max(mean, off / (SDS[k] * (4.9 / Math.sqrt(count[k]) + 0.02)));
      }
    }
    return new Verdict(share, mean, Math.max(dkw(rows, 0), dkw(rows, 1)));
  }

  private static int nearest(double x, double y) {
    int best = 0;
    for (int k = 1; k < 3; k++) {
      if (Math.hypot(x - MEANS[k][0], y - MEANS[k][1])
          < Math.hypot(x - MEANS[best][0], y - MEANS[best][1])) {
        best = k;
      }
    }
    return best;
  }

  /** sup |F_n - F| of a coordinate over its threshold. */
  private static double dkw(double[] rows, int coordinate) {
    double[] x = new double[N];
    for (int r = 0; r < N; r++) {
      x[r] = rows[2 * r + coordinate];
    }
    Arrays.sort(x);
    double worst = 0;
    for (int i = 0; i < N; i++) {
      double f = 0;
      for (int k = 0; k < 3; k++) {
        f +=
            WEIGHTS[k]
                * NormalDistribution.of(MEANS[k][coordinate], SDS[k]).cumulativeProbability(x[i]);
      }
      worst = Math.max(worst, Math.max(f - (double) i / N, (i + 1.0) / N - f));
    }
    return worst / (BOUND + ALLOWANCE);
  }
}
