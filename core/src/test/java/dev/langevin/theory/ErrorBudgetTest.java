package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.ExponentialIntegrator;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The budget against the law of the output, which {@link OutputLaw} computes without a random number: for every horizon, number of steps and planted error of the
 * denoiser the true distance is within the budget, and each term has the size that the theory gives it.
 */
class ErrorBudgetTest {
  private static final GaussianMixture DATA =
      GaussianMixture.isotropic(
          new double[] {0.35, 0.65}, new double[][] {{-1.1}, {0.7}}, new double[] {0.35, 0.25});
  private static final double SECOND = 0.35 * (1.21 + 0.1225) + 0.65 * (0.49 + 0.0625); // E x²
  private static final double END = 0.25;

  private static NoisedStatistics exact() {
    return OutputLaw.statistics(DATA, SECOND);
  }

  private static TimeGrid grid(int steps, double sigmaMax) {
    return new Spacing.LogSnr().levels(steps, END, sigmaMax);
  }

  private static LevelCurve gap(double error) {
    return LevelCurve.exact(sigma -> error * error);
  }

  @ParameterizedTest
  @CsvSource({
    "DENOISER, 3, 6, 0", "DENOISER, 3, 24, 0", "DENOISER, 10, 12, 0", "DENOISER, 10, 48, 0",
    "DENOISER, 10, 24, 0.02", "DENOISER, 10, 24, 0.1", "DENOISER, 10, 48, 0.3",
        "DENOISER, 1.5, 24, 0.02",
    "SCORE, 3, 12, 0", "SCORE, 3, 48, 0", "SCORE, 10, 24, 0", "SCORE, 10, 96, 0",
    "SCORE, 10, 48, 0.02", "SCORE, 10, 48, 0.1", "SCORE, 1.5, 24, 0.02"
  })
  void the_true_distance_is_within_the_budget(
      FrozenScheme scheme, double sigmaMax, int steps, double error) {
    TimeGrid grid = grid(steps, sigmaMax);
    OutputLaw law = OutputLaw.of(scheme, DATA, grid, error);
    ErrorBudget budget = ErrorBudget.of(scheme, grid, exact(), Optional.of(gap(error)));
    assertThat(law.kl()).isLessThanOrEqualTo(budget.kl() + 1e-9);
    assertThat(law.totalVariation()).isLessThanOrEqualTo(budget.totalVariation());
    assertThat(budget.kl()).isPositive();
  }

  /** N steps cost 1/N; the denoiser's error costs its square; the start costs σ_max^{-2} by the bound. */
  @ParameterizedTest
  @EnumSource(FrozenScheme.class)
  void the_terms_have_the_slopes_of_the_theorem(FrozenScheme scheme) {
    double few = discretisation(scheme, 200);
    double many = discretisation(scheme, 800);
    assertThat(Math.log(few / many) / Math.log(4)).isCloseTo(1, within(0.05));
    double[] levels = FrozenScheme.levels(grid(40, 10));
    double small = scheme.scoreError(gap(0.01), levels).value();
    assertThat(scheme.scoreError(gap(0.02), levels).value() / small).isCloseTo(4, within(1e-9));
    double near = scheme.initialisation(exact(), 20).kl();
    double far = scheme.initialisation(exact(), 200).kl();
    assertThat(Math.log(near / far) / Math.log(10)).isCloseTo(2, within(0.05));
  }

  private static double discretisation(FrozenScheme scheme, int steps) {
    return scheme.discretisation(exact(), FrozenScheme.levels(grid(steps, 10))).value();
  }

  /** d independent coordinates cost d times as much. */
  @ParameterizedTest
  @EnumSource(FrozenScheme.class)
  void every_term_is_linear_in_the_dimension(FrozenScheme scheme) {
    double[] levels = FrozenScheme.levels(grid(40, 10));
    double one = scheme.discretisation(normal(1), levels).value();
    assertThat(scheme.discretisation(normal(50), levels).value()).isCloseTo(50 * one, within(1e-9));
    assertThat(scheme.initialisation(normal(50), 10).kl())
        .isCloseTo(50 * scheme.initialisation(normal(1), 10).kl(), within(1e-12));
  }

  private static NoisedStatistics normal(int d) {
    double[] eigenvalues = new double[d];
    Arrays.fill(eigenvalues, 0.3);
    return NoisedStatistics.normal(new double[d], eigenvalues);
  }

  /**
   * On normal data the relative entropy of the chain is known kernel by kernel, and equals Girsanov's: given a step's ends, the path between them is the same bridge under both laws.
   */
  @Test
  void on_normal_data_the_steps_cost_what_the_chain_rule_says() {
    double lambda = 0.3;
    for (int steps : new int[] {10, 400}) {
      double[] levels = FrozenScheme.levels(grid(steps, 5));
      double chain = 0;
      for (int k = 0; k + 1 < levels.length; k++) {
        chain += kernelEntropy(lambda, levels[k], levels[k + 1]);
      }
      double girsanov = FrozenScheme.DENOISER.discretisation(normal(1), levels).value();
      assertThat(chain / girsanov).isCloseTo(1, within(1e-9));
    }
  }

  /** E KL(p(y'|y)‖N(m(y), v)): the true backward kernel has the same mean and the variance v + (1 - s'²/s²)² Cov[x₀|y]. */
  private static double kernelEntropy(double lambda, double s, double next) {
    double keep = next * next / (s * s);
    double v = next * next * (1 - keep);
    double posterior = lambda * s * s / (lambda + s * s);
    double ratio = (v + (1 - keep) * (1 - keep) * posterior) / v;
    return 0.5 * (ratio - 1 - Math.log(ratio));
  }

  @ParameterizedTest
  @EnumSource(FrozenScheme.class)
  void sampled_curves_agree_with_exact_ones_within_their_errors(FrozenScheme scheme) {
    double[] rows = new double[4000];
    AddressedRandom random = Seed.of(8).random();
    double[] one = new double[1];
    for (int r = 0; r < rows.length; r++) {
      DATA.sample(random, one);
      rows[r] = one[0];
    }
    Denoiser denoiser = new GaussianMixtureDenoiser(DATA);
    NoisedStatistics sampled = NoisedStatistics.sampled(denoiser, rows, SECOND, Seed.of(9));
    double[] levels = FrozenScheme.levels(grid(20, 10));
    LevelMean mean = scheme.discretisation(sampled, levels);
    double truth = scheme.discretisation(exact(), levels).value();
    assertThat(mean.value()).isCloseTo(truth, within(4.9 * mean.standardError()));
    assertThat(mean.standardError()).isLessThan(0.1 * truth);
    assertThat(mean.value() * 1.5 - truth).isGreaterThan(4.9 * mean.standardError());
  }

  @ParameterizedTest
  @EnumSource(FrozenScheme.class)
  void levels_of_equal_cost_cost_less_than_those_of_the_literature(FrozenScheme scheme) {
    NoisedStatistics data = exact();
    double even = cost(scheme, new EvenSpacing(scheme, data));
    assertThat(even).isLessThan(cost(scheme, new Spacing.LogSnr()));
    assertThat(even).isLessThan(cost(scheme, new Spacing.Karras(7)));
    assertThat(even).isCloseTo(new EvenSpacing(scheme, data).cost(59, END, 10), within(0.1 * even));
  }

  private static double cost(FrozenScheme scheme, Spacing spacing) {
    double[] levels = FrozenScheme.levels(spacing.levels(60, END, 10));
    return scheme.discretisation(exact(), levels).value();
  }

  @ParameterizedTest
  @EnumSource(FrozenScheme.class)
  void a_plan_keeps_its_promise_and_says_what_error_is_still_allowed(FrozenScheme scheme) {
    BudgetPlan plan = BudgetPlan.forTotalVariation(0.1, scheme, exact(), END);
    OutputLaw law = OutputLaw.of(scheme, DATA, plan.grid(), 0);
    assertThat(law.totalVariation()).isLessThan(0.1);
    assertThat(plan.budget().totalVariation()).isLessThan(0.1);
    assertThat(plan.allowed()).isPositive();
    LevelCurve mmse = exact().mmse();
    LevelCurve rest = LevelCurve.exact(sigma -> plan.excess() * mmse.at(sigma).value());
    ErrorBudget spent = ErrorBudget.of(scheme, plan.grid(), exact(), Optional.of(rest));
    assertThat(spent.totalVariation()).isLessThanOrEqualTo(0.1 + 1e-9);
    assertThat(spent.totalVariation()).isGreaterThan(0.09);
    assertThat(plan.lines().get(0)).contains("0.1").contains("steps down to σ = 0.25");
  }

  @Test
  void a_network_s_loss_bounds_its_score_and_promises_nothing_by_itself() {
    LevelCurve loss = LevelCurve.exact(s -> 1.1 * exact().mmse().at(s).value());
    NoisedStatistics stated = NoisedStatistics.ofLosses(1, SECOND, loss, loss);
    ErrorBudget budget = ErrorBudget.ofNetwork(FrozenScheme.DENOISER, grid(20, 10), stated, loss);
    assertThat(budget.trust()).isEqualTo(ErrorBudget.Trust.ESTIMATE);
    assertThat(budget.score().trust()).isEqualTo(ErrorBudget.Trust.BOUND);
    double own = 0.1 / 1.1;
    double truth =
        own * FrozenScheme.DENOISER.scoreError(loss, FrozenScheme.levels(grid(20, 10))).value();
    assertThat(budget.score().kl()).isCloseTo(truth / own, within(1e-12)).isGreaterThan(truth);
    assertThat(budget.lines()).hasSize(5);
  }

  @Test
  void twice_the_steps_bound_what_a_deterministic_solver_loses() {
    Denoiser denoiser = new GaussianMixtureDenoiser(DATA);
    Generation few = new Generation(new Heun(), 16, END, 10);
    StepDoubling doubling = StepDoubling.of(few, denoiser, 200, Seed.of(3));
    Generation many = new Generation(new Heun(), 2000, END, 10);
    double[] one = few.sample(denoiser, 200, 200, Seed.of(3), (a, b) -> true);
    double[] two = many.sample(denoiser, 200, 200, Seed.of(3), (a, b) -> true);
    double sum = 0;
    for (int r = 0; r < 200; r++) {
      sum += (one[r] - two[r]) * (one[r] - two[r]) / 200;
    }
    assertThat(doubling.order()).isBetween(1.0, 3.0);
    assertThat(doubling.estimate() / Math.sqrt(sum)).isBetween(0.8, 1.3);
    assertThat(doubling.lines().get(0)).contains("no bound in relative entropy");
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> BudgetPlan.forTotalVariation(1, FrozenScheme.SCORE, exact(), END))
        .hasMessageContaining("target");
    assertThatThrownBy(
            () -> BudgetPlan.forTotalVariation(1e-7, FrozenScheme.DENOISER, exact(), END))
        .hasMessageContaining("100000 steps");
    assertThatThrownBy(
            () ->
                StepDoubling.of(
                    Generation.of(new ExponentialIntegrator(), 8),
                    new GaussianMixtureDenoiser(DATA),
                    10,
                    Seed.of(1)))
        .hasMessageContaining("deterministic");
  }
}
