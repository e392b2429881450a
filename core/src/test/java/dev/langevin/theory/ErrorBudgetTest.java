package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.random.Seed;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.solver.StepListener;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** On the line the law of a run is carried along on a grid by the transition density itself: no random numbers. */
class ErrorBudgetTest {
  private static final VarianceExploding VE = new VarianceExploding();
  private static final GaussianMixture DATA =
      GaussianMixture.isotropic(
          new double[] {0.3, 0.7}, new double[][] {{-1.2}, {1}}, new double[] {0.4, 0.5});
  private static final double MOMENT = 0.3 * (1.44 + 0.16) + 0.7 * (1 + 0.25);
  private static final double DELTA = 0.3;

  private static DoubleUnaryOperator wave(double size) {
    return y -> size * Math.sin(2 * y);
  }

  /** E[x₀ | y] with {@code planted} added. */
  private static double denoised(
      GaussianMixture law, double y, double sigma, DoubleUnaryOperator planted) {
    double[] gradient = new double[1];
    law.logDensity(new double[] {y}, gradient);
    return y + sigma * sigma * gradient[0] + planted.applyAsDouble(y);
  }

  private static double plantedError(double sigma, DoubleUnaryOperator planted) {
    GaussianMixture law = DATA.noised(1, sigma);
    double sum = 0;
    for (double y = -60; y < 60; y += 0.1) {
      double s = planted.applyAsDouble(y);
      sum += 0.1 * Math.exp(law.logDensity(new double[] {y})) * s * s;
    }
    return sum;
  }

  /** N(mean, variance) of the next point, in unscaled variables. */
  private static double[] kernel(
      PathScheme scheme,
      GaussianMixture noised,
      double y,
      double s,
      double t,
      DoubleUnaryOperator planted) {
    double d = denoised(noised, y, s, planted);
    if (scheme == PathScheme.FROZEN_DENOISER) {
      double keep = t * t / (s * s);
      return new double[] {keep * y + (1 - keep) * d, t * t * (1 - keep)};
    }
    double grow = Math.sqrt((1 + s * s) / (1 + t * t)); // e^h
    double a = 1 / Math.sqrt(1 + s * s);
    double b2 = s * s * a * a;
    double x = grow * a * y + 2 * (grow - 1) * (a * d - a * y) / b2;
    double out = Math.sqrt(1 + t * t);
    return new double[] {x * out, (grow * grow - 1) * out * out};
  }

  /** The exact total variation distance of a run's law at δ to the data's; the points lie evenly in y/√(1 + σ²). */
  private static double measured(PathScheme scheme, double[] sigmas, DoubleUnaryOperator planted) {
    int n = 500;
    double w = 14.0 / n;
    double[] p = new double[n];
    double start = scheme.startingScale(sigmas[0]);
    for (int i = 0; i < n; i++) {
      double y = place(i, w, sigmas[0]);
      p[i] = Math.exp(-0.5 * y * y / start / start);
    }
    normalise(p);
    for (int k = 0; k + 1 < sigmas.length; k++) {
      double unit = Math.sqrt(1 + sigmas[k + 1] * sigmas[k + 1]);
      GaussianMixture noised = DATA.noised(1, sigmas[k]);
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        double[] law =
            kernel(scheme, noised, place(i, w, sigmas[k]), sigmas[k], sigmas[k + 1], planted);
        double sd = Math.sqrt(law[1]) / unit / w;
        double centre = law[0] / unit / w + 0.5 * n - 0.5;
        int from = (int) Math.max(0, Math.ceil(centre - 7 * sd));
        int to = (int) Math.min(n - 1, Math.floor(centre + 7 * sd));
        for (int j = from; j <= to; j++) {
          double u = (j - centre) / sd;
          next[j] += p[i] * Math.exp(-0.5 * u * u) / sd;
        }
      }
      normalise(next);
      p = next;
    }
    double last = sigmas[sigmas.length - 1];
    GaussianMixture law = DATA.noised(1, last);
    double[] goal = new double[n];
    for (int i = 0; i < n; i++) {
      goal[i] = Math.exp(law.logDensity(new double[] {place(i, w, last)}));
    }
    normalise(goal);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += 0.5 * Math.abs(p[i] - goal[i]);
    }
    return sum;
  }

  private static double place(int i, double w, double sigma) {
    return (i + 0.5) * w * Math.sqrt(1 + sigma * sigma) - 7 * Math.sqrt(1 + sigma * sigma);
  }

  private static void normalise(double[] p) {
    double sum = 0;
    for (double value : p) {
      sum += value;
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
  }

  private static TimeGrid grid(int levels, double sigmaMax) {
    double[] sigmas = new double[levels];
    for (int k = 0; k < levels; k++) {
      sigmas[k] = sigmaMax * Math.pow(DELTA / sigmaMax, k / (levels - 1.0));
    }
    return new TimeGrid(sigmas);
  }

  private static ErrorBudget budget(PathScheme scheme, TimeGrid grid, double planted) {
    return budget(scheme, grid, wave(planted));
  }

  private static ErrorBudget budget(PathScheme scheme, TimeGrid grid, DoubleUnaryOperator planted) {
    ScoreError error = ScoreError.exact(sigma -> plantedError(sigma, planted));
    return ErrorBudget.of(scheme, grid, VE, MmseCurve.of(DATA), MOMENT, error);
  }

  @Test
  void the_measured_distance_is_never_above_the_budget() {
    for (PathScheme scheme : PathScheme.values()) {
      for (double sigmaMax : new double[] {2, 6, 20}) {
        for (int levels : new int[] {8, 24}) {
          for (double planted : new double[] {0, 0.03, 0.2}) {
            TimeGrid grid = grid(levels, sigmaMax);
            ErrorBudget budget = budget(scheme, grid, planted);
            double tv = measured(scheme, grid.times(), wave(planted));
            print(scheme, sigmaMax, levels - 1, planted, budget, tv);
            assertThat(tv).isLessThanOrEqualTo(budget.totalVariation().amount().high());
          }
        }
      }
    }
  }

  /** A shift of all denoised points, which pushes the law to one side; a pull to the mean; a swap of weight between the modes. */
  @Test
  void other_planted_errors_keep_to_their_budget_too() {
    List<DoubleUnaryOperator> forms =
        List.of(y -> 0.1, y -> -0.15 * Math.tanh(y), y -> 0.3 * Math.exp(-4 * y * y));
    TimeGrid grid = grid(33, 6);
    for (PathScheme scheme : PathScheme.values()) {
      for (DoubleUnaryOperator form : forms) {
        ErrorBudget budget = budget(scheme, grid, form);
        assertThat(budget.scoreError().amount().value()).isGreaterThan(0.005);
        assertThat(measured(scheme, grid.times(), form))
            .isBetween(0.02, budget.totalVariation().amount().high());
      }
    }
  }

  @Test
  void a_budget_that_forgets_the_denoiser_would_be_seen() {
    TimeGrid grid = grid(200, 6);
    double tv = measured(PathScheme.FROZEN_DENOISER, grid.times(), wave(0.2));
    ErrorBudget forgetful = budget(PathScheme.FROZEN_DENOISER, grid, 0);
    ErrorBudget whole = budget(PathScheme.FROZEN_DENOISER, grid, 0.2);
    assertThat(tv)
        .isGreaterThan(1.3 * forgetful.totalVariation().amount().high())
        .isLessThan(whole.totalVariation().amount().high());
  }

  /** The table of docs/error-budget.md, for whoever asks for it. */
  private static void print(
      PathScheme scheme,
      double sigmaMax,
      int steps,
      double planted,
      ErrorBudget budget,
      double tv) {
    if (Boolean.getBoolean("langevin.table")) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %d | %.2f | %.4f | %.4f | %.4f | %.4f | %.4f |%n",
          scheme == PathScheme.FROZEN_SCORE ? "score" : "denoiser",
          sigmaMax,
          steps,
          planted,
          budget.initialisation().amount().value(),
          budget.discretisation().amount().value(),
          budget.scoreError().amount().value(),
          tv,
          budget.totalVariation().amount().high());
    }
  }

  /** A near start, few steps, a wrong denoiser. */
  @Test
  void each_term_dominates_where_the_theorem_says() {
    for (PathScheme scheme : PathScheme.values()) {
      ErrorBudget near = budget(scheme, grid(513, 2), 0.01);
      assertThat(near.largest()).isEqualTo(near.initialisation());
      ErrorBudget few = budget(scheme, grid(5, 20), 0.01);
      assertThat(few.largest()).isEqualTo(few.discretisation());
      ErrorBudget wrong = budget(scheme, grid(257, 20), 0.5);
      assertThat(wrong.largest()).isEqualTo(wrong.scoreError());
    }
  }

  /**
   * For normal data the chain's own relative entropy is known step by step: the true y_t given y_s has variance (λ + t²)(s² - t²)/(λ + s²) and the mean that the frozen denoiser gives. The paths' entropy is the same, so that a lost factor ½ would be
   * twice too much and a second one too little.
   */
  @Test
  void a_frozen_denoiser_costs_normal_data_what_its_chain_loses() {
    double lambda = 0.8;
    MmseCurve curve =
        MmseCurve.of(Gaussian.diagonal(new double[1], new double[] {Math.sqrt(lambda)}));
    for (double[] step : new double[][] {{5, 3}, {1, 0.2}, {0.3, 0.29}}) {
      double s = step[0] * step[0];
      double t = step[1] * step[1];
      double r = (lambda + t) * s / ((lambda + s) * t); // true variance over the kernel's
      double chain = 0.5 * (r - 1 - Math.log(r));
      double cost = PathScheme.FROZEN_DENOISER.discretisation(curve, step[0], step[1]).value();
      assertThat(cost).isCloseTo(chain, within(1e-12));
      assertThat(0.5 * cost).isLessThan(0.6 * chain);
    }
  }

  /** Isotropic normal data: ½ Σ [gΔ - ln(1 + gΔ)], and KL of the noised normal law to the start. */
  @Test
  void normal_data_have_closed_forms() {
    Gaussian data = Gaussian.diagonal(new double[] {1, 0}, new double[] {0.5, 2});
    MmseCurve curve = MmseCurve.of(data);
    double sum = 0;
    for (double v : new double[] {0.25, 4}) {
      double g = v / (1 + v / 9);
      sum += 0.5 * (g * (1 - 1.0 / 9) - Math.log(1 + g * (1 - 1.0 / 9)));
    }
    ErrorBudget budget =
        ErrorBudget.of(
            PathScheme.FROZEN_DENOISER,
            new TimeGrid(new double[] {3, 1}),
            VE,
            curve,
            5.25,
            ScoreError.none());
    assertThat(budget.discretisation().amount().value()).isCloseTo(sum, within(1e-12));
    double start =
        NormalLaw.of(data.noised(1, 3)).relativeEntropy(NormalLaw.isotropic(new double[2], 9));
    assertThat(budget.initialisation().amount().value()).isCloseTo(start, within(1e-12));
    assertThat(budget.lines()).hasSize(8);
  }

  /** ∫E‖∇ln q_u - ∇ln q_s‖² du of N(0, λ) from the linear scores ∇ln q_t(x) = -x/v_t, by the midpoint rule. */
  @Test
  void a_frozen_score_costs_the_integral_of_its_movement() {
    double lambda = 2.5;
    double s = 0.9;
    double t = 0.4;
    double vs = Math.exp(-2 * s) * (lambda - 1) + 1;
    double sum = 0;
    int n = 20000;
    for (int i = 0; i < n; i++) {
      double u = t + (i + 0.5) * (s - t) / n;
      double vu = Math.exp(-2 * u) * (lambda - 1) + 1;
      double cross = Math.exp(-(s - u)) * vu / (vu * vs);
      sum += (1 / vu + 1 / vs - 2 * cross) * (s - t) / n;
    }
    MmseCurve curve =
        MmseCurve.of(Gaussian.diagonal(new double[] {0}, new double[] {Math.sqrt(lambda)}));
    double from = Math.sqrt(Math.expm1(2 * s));
    double to = Math.sqrt(Math.expm1(2 * t));
    double cost = PathScheme.FROZEN_SCORE.discretisation(curve, from, to).value();
    assertThat(cost).isCloseTo(sum, within(1e-8));
    assertThat(0.5 * cost).isNotCloseTo(sum, within(1e-2 * sum));
  }

  @Test
  void quadrature_agrees_with_the_closed_form_and_with_entropies() {
    GaussianMixture twice =
        GaussianMixture.isotropic(
            new double[] {0.5, 0.5}, new double[][] {{1}, {1}}, new double[] {0.7, 0.7});
    MmseCurve one = MmseCurve.of(twice);
    MmseCurve closed = MmseCurve.of(Gaussian.diagonal(new double[] {1}, new double[] {0.7}));
    assertThat(one.excess(5, 0.2).value()).isCloseTo(closed.excess(5, 0.2).value(), within(1e-7));
    MmseCurve curve = MmseCurve.of(DATA);
    double information = entropy(0.5) - 0.5 * Math.log(2 * Math.PI * Math.E * 0.25);
    assertThat(curve.information(0.5).value()).isCloseTo(information, within(1e-6));
  }

  private static double entropy(double sigma) {
    GaussianMixture law = DATA.noised(1, sigma);
    double sum = 0;
    for (double y = -12; y < 12; y += 1e-3) {
      double log = law.logDensity(new double[] {y});
      sum -= 1e-3 * Math.exp(log) * log;
    }
    return sum;
  }

  @Test
  void a_plan_keeps_its_promise_and_its_spacing_beats_the_others() {
    MmseCurve curve = MmseCurve.of(DATA);
    BudgetPlan plan =
        BudgetPlan.forTotalVariation(0.1, PathScheme.FROZEN_DENOISER, curve, MOMENT, DELTA);
    assertThat(plan.budget().totalVariation().amount().high()).isLessThanOrEqualTo(0.1);
    assertThat(plan.allowedExcessLoss()).isPositive();
    double own = cost(curve, plan.spacing(), plan);
    double karras = cost(curve, new Spacing.Karras(7), plan);
    double logs = cost(curve, new Spacing.LogSnr(), plan);
    assertThat(own).isLessThan(karras).isLessThan(logs);
  }

  private static double cost(MmseCurve curve, Spacing spacing, BudgetPlan plan) {
    TimeGrid grid = spacing.levels(plan.steps(), plan.sigmaMin(), plan.sigmaMax());
    return ErrorBudget.of(plan.scheme(), grid, VE, curve, MOMENT, ScoreError.none())
        .discretisation()
        .amount()
        .value();
  }

  /** The least loss of N(0, 0.49) and a tenth more: what is proved lies between the limits, and the loss is counted once. */
  @Test
  void a_held_out_loss_bounds_what_it_cannot_tell_apart() {
    MmseCurve truth = MmseCurve.of(Gaussian.diagonal(new double[] {0}, new double[] {0.7}));
    TimeGrid grid = grid(12, 10);
    double[] losses = new double[12];
    for (int k = 0; k < 12; k++) {
      losses[k] = (k == 0 ? 1 : 1.1) * truth.at(grid.time(k)).value();
    }
    HeldOutLoss loss = new HeldOutLoss(1, 0.49, grid.times(), losses, new double[12]);
    ErrorBudget known =
        ErrorBudget.of(
            PathScheme.FROZEN_DENOISER,
            grid,
            VE,
            truth,
            0.49,
            ScoreError.exact(sigma -> sigma > 9 ? 0 : 0.1 * truth.at(sigma).value()));
    ErrorBudget bound =
        ErrorBudget.of(PathScheme.FROZEN_DENOISER, grid, VE, loss.curve(), 0.49, loss.score());
    double total = known.total().amount().value();
    assertThat(bound.total().amount().high()).isGreaterThan(total);
    assertThat(bound.total().amount().value()).isCloseTo(total, within(0.05 * total));
    assertThat(bound.total().amount().high())
        .isLessThan(bound.discretisation().amount().high() + bound.scoreError().amount().high());
  }

  /** Twice the steps, half the discretisation; one more unit of time, e^-2 of the initialisation of data with a mean. */
  @Test
  void the_terms_have_the_slopes_of_the_theorem() {
    for (PathScheme scheme : PathScheme.values()) {
      double coarse = budget(scheme, grid(65, 6), 0).discretisation().amount().value();
      double fine = budget(scheme, grid(129, 6), 0).discretisation().amount().value();
      assertThat(Math.log(coarse / fine) / Math.log(2)).isCloseTo(1, within(0.06));
      double[] far = {50, 50 * Math.E};
      double near = budget(scheme, grid(9, far[0]), 0).initialisation().amount().value();
      double farther = budget(scheme, grid(9, far[1]), 0).initialisation().amount().value();
      assertThat(Math.log(near / farther)).isCloseTo(2, within(0.05));
    }
  }

  /** Two independent coordinates of the same law: a mixture of four in the plane, of unequal covariances, that loses twice as much in every term. */
  @Test
  void every_term_is_in_proportion_to_the_number_of_coordinates() {
    double[] weights = {0.3, 0.7};
    double[] means = {-1.2, 1};
    double[] variances = {0.16, 0.25};
    double[] w = new double[4];
    double[][] m = new double[4][];
    double[][][] c = new double[4][][];
    for (int k = 0; k < 4; k++) {
      w[k] = weights[k / 2] * weights[k % 2];
      m[k] = new double[] {means[k / 2], means[k % 2]};
      c[k] = new double[][] {{variances[k / 2], 0}, {0, variances[k % 2]}};
    }
    MmseCurve both = MmseCurve.of(GaussianMixture.of(w, m, c));
    ScoreError twice = ScoreError.exact(sigma -> 2 * plantedError(sigma, wave(0.1)));
    for (PathScheme scheme : PathScheme.values()) {
      TimeGrid grid = grid(12, 6);
      ErrorBudget one = budget(scheme, grid, 0.1);
      ErrorBudget two = ErrorBudget.of(scheme, grid, VE, both, 2 * MOMENT, twice);
      for (int term = 0; term < 4; term++) {
        double expected = 2 * one.terms().get(term).amount().value();
        assertThat(two.terms().get(term).amount().value())
            .isCloseTo(expected, within(1e-7 * expected));
      }
    }
  }

  /** Limits are three standard errors away, so that a truth outside of them has probability 0.003 for each; the seed is fixed. */
  @Test
  void monte_carlo_brackets_the_quadrature() {
    double[] sigmas = grid(40, 6).times();
    MmseCurve sampled =
        SampledMmse.of(
            DATA, new GaussianMixtureDenoiser(DATA), DATA.mean(), sigmas, 4000, Seed.of(4));
    MmseCurve exact = MmseCurve.of(DATA);
    for (int k = 0; k + 4 < 40; k += 4) {
      Bracket cost = sampled.excess(sigmas[k], sigmas[k + 4]);
      double truth = exact.excess(sigmas[k], sigmas[k + 4]).value();
      assertThat(truth).isBetween(cost.low(), cost.high());
      assertThat(cost.value()).isCloseTo(truth, within(0.15 * truth));
      assertThat(exact.at(sigmas[k]).value())
          .isBetween(sampled.at(sigmas[k]).low(), sampled.at(sigmas[k]).high());
    }
    assertThat(2 * exact.excess(1, 0.3).value()).isGreaterThan(sampled.excess(1, 0.3).high());
  }

  /** The isotropic curve in five dimensions is the plane's and three more coordinates'. */
  @Test
  void means_in_a_plane_are_enough() {
    double[][] flat = {{0, 0}, {2, 0}, {1, 1.5}};
    double[][] turned = new double[3][5];
    for (int k = 0; k < 3; k++) {
      turned[k] = new double[] {1 + 0.6 * flat[k][0], 0.8 * flat[k][0], 2, flat[k][1], -1};
    }
    double[] weights = {0.2, 0.3, 0.5};
    double[] sds = {0.4, 0.4, 0.4};
    MmseCurve plane = MmseCurve.of(GaussianMixture.isotropic(weights, flat, sds));
    MmseCurve space = MmseCurve.of(GaussianMixture.isotropic(weights, turned, sds));
    double more = 3 * 0.16 / (1 + 0.16 / 0.36);
    assertThat(space.at(0.6).value()).isCloseTo(plane.at(0.6).value() + more, within(1e-9));
  }

  /** Heun on N(0, 0.25) with 10 steps: the gain of every step is a number, and W2 to the flow's law is a difference of standard deviations. */
  @Test
  void step_doubling_estimates_what_a_deterministic_solver_loses() {
    GaussianDenoiser denoiser = new GaussianDenoiser(new double[1], new double[][] {{0.25}});
    Generation run = new Generation(new Heun(), 20, 0.02, 10);
    double gain = run.sample(denoiser, 1, 1, Seed.of(8), StepListener.NONE)[0];
    Generation fine = new Generation(new Heun(), 4000, 0.02, 10);
    double truth = fine.sample(denoiser, 1, 1, Seed.of(8), StepListener.NONE)[0];
    double start = Math.abs(truth) / 0.5; // the flow ends at standard deviation 0.5 (1 - 1e-3)
    double w2 = Math.abs(gain - truth) / start;
    FlowBudget budget =
        FlowBudget.of(
            run,
            2,
            denoiser,
            MmseCurve.of(Gaussian.diagonal(new double[1], new double[] {0.5})),
            0.25,
            4000,
            Seed.of(9));
    assertThat(budget.discretisation().amount().value()).isCloseTo(w2, within(0.25 * w2));
    assertThat(budget.lines()).hasSize(4);
  }
}
