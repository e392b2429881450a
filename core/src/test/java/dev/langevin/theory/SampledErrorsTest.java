package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Errors by Monte Carlo beside the exact ones; fixed seeds. */
class SampledErrorsTest {
  private static final GaussianMixture DATA =
      GaussianMixture.isotropic(
          new double[] {0.3, 0.7}, new double[][] {{-1.2}, {1}}, new double[] {0.4, 0.5});
  private static final double MOMENT = 0.3 * (1.44 + 0.16) + 0.7 * (1 + 0.25);
  private static final double DELTA = 0.3;

  /** The exact denoiser, {@code factor} times too large. */
  private static Denoiser stretched(double factor) {
    Denoiser exact = new GaussianMixtureDenoiser(DATA);
    return new Denoiser() {
      @Override
      public int dimension() {
        return 1;
      }

      @Override
      public void denoise(double[] y, int rows, double sigma, double[] out) {
        exact.denoise(y, rows, sigma, out);
        for (int i = 0; i < rows; i++) {
          out[i] *= factor;
        }
      }
    };
  }

  /**
   * E‖fD - D‖² = (f - 1)² E‖D‖² = (f - 1)² (E‖x₀‖² - mmse), a martingale's square. Four levels, five standard errors (a limit is three away): false alarms below 3e-6. Factors that differ by a tenth are told apart.
   */
  @Test
  void the_error_between_two_denoisers_is_the_planted_one() {
    Denoiser exact = new GaussianMixtureDenoiser(DATA);
    MmseCurve curve = MmseCurve.of(DATA);
    ScoreError sampled =
        ScoreError.between(DATA.fork(), exact, stretched(1.1), 20_000, Seed.of(11));
    assertThat(sampled.kind()).isEqualTo(Term.Kind.ESTIMATE);
    for (double sigma : new double[] {0.1, 0.5, 2, 10}) {
      Bracket found = sampled.at(sigma);
      double square = MOMENT - curve.at(sigma).value();
      double error = (found.high() - found.value()) / 3;
      assertThat(Math.abs(found.value() - 0.01 * square)).as("σ = %s", sigma).isLessThan(5 * error);
      assertThat(Math.abs(found.value() - 0.0121 * square)).isGreaterThan(5 * error);
    }
    ScoreError none = ScoreError.between(DATA.fork(), exact, stretched(1), 10, Seed.of(11));
    assertThat(none.at(0.5)).isEqualTo(Bracket.ZERO);
  }

  /** Its number of steps is that of the exact curve but for chance, here within 5 %; a quarter of them would not do. */
  @Test
  void a_plan_from_a_sampled_curve_is_an_estimate_of_the_exact_one() {
    TimeGrid levels = new Spacing.LogSnr().levels(200, DELTA, 80);
    double[] sigmas = Arrays.stream(levels.times()).filter(sigma -> sigma > 0).toArray();
    MmseCurve sampled =
        SampledMmse.of(
            DATA.fork(), new GaussianMixtureDenoiser(DATA), DATA.mean(), sigmas, 4000, Seed.of(12));
    BudgetPlan plan = plan(sampled);
    BudgetPlan known = plan(MmseCurve.of(DATA));
    double ratio = plan.steps() / (double) known.steps();
    assertThat(ratio).isBetween(0.95, 1.05);
    assertThat(promised(plan, (int) (1.1 * plan.steps()))).isLessThanOrEqualTo(0.1);
    assertThat(promised(plan, plan.steps() / 4)).isGreaterThan(0.1);
    assertThat(plan.lines().get(0)).contains("(estimate)");
    assertThat(known.lines().get(0)).doesNotContain("(estimate)");
  }

  private static BudgetPlan plan(MmseCurve curve) {
    return BudgetPlan.forTotalVariation(0.1, PathScheme.FROZEN_DENOISER, curve, MOMENT, DELTA);
  }

  private static double promised(BudgetPlan plan, int steps) {
    return ErrorBudget.of(
            plan.scheme(),
            plan.spacing().levels(steps, plan.sigmaMin(), plan.sigmaMax()),
            new VarianceExploding(),
            plan.sigmaMax(),
            MmseCurve.of(DATA),
            MOMENT,
            ScoreError.none())
        .totalVariation()
        .amount()
        .high();
  }
}
