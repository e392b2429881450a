package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.TimeRescaled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On normal data every solver is an affine map plus normal noise: its law is computed, not sampled. */
class LinearCaseTest {
  private static final double TIGHT = 1e-12;

  static List<Claim> claims() {
    return Claim.all();
  }

  @Test
  void every_solver_of_the_menu_is_enrolled() {
    // an adaptive one chooses its steps by the point: its law is not normal, see its own test
    List<Solver> affine = Solver.menu().stream().filter(s -> !s.adaptive()).toList();
    assertThat(claims().stream().map(Claim::solver)).containsAll(affine);
  }

  @ParameterizedTest
  @MethodSource("claims")
  void the_law_of_the_output_is_the_closed_form(Claim claim) {
    for (int steps : new int[] {1, 2, 5, 40}) {
      TimeGrid grid = claim.solver().grid(steps, 0.01, 30);
      AffineLaw law = AffineLaw.of(claim.solver(), NormalCase.denoiser(), grid);
      assertThat(law.distance(claim.closed(grid))).as("%s steps", steps).isLessThan(TIGHT);
    }
  }

  @ParameterizedTest
  @MethodSource("claims")
  void it_is_also_without_the_step_to_zero(Claim claim) {
    TimeGrid grid = early(claim, 12);
    AffineLaw law = AffineLaw.of(claim.solver(), NormalCase.denoiser(), grid);
    assertThat(law.distance(claim.closed(grid))).isLessThan(TIGHT);
  }

  @ParameterizedTest
  @MethodSource("claims")
  void with_many_steps_the_law_becomes_that_of_the_data(Claim claim) {
    if (claim.solver() instanceof EdmStochastic edm && edm.inflation() != 1) {
      return; // noise inflated on purpose
    }
    AffineLaw data = NormalCase.data();
    AffineLaw coarse = menuLaw(claim.solver(), 15);
    AffineLaw fine = menuLaw(claim.solver(), 400);
    double bound = claim.order() >= 2 ? 2e-3 : 0.06;
    assertThat(fine.distance(data)).isLessThan(bound).isLessThan(coarse.distance(data) / 8);
  }

  private static AffineLaw menuLaw(Solver solver, int steps) {
    return AffineLaw.of(solver, NormalCase.denoiser(), solver.grid(steps, 0.001, 200));
  }

  @ParameterizedTest
  @MethodSource("claims")
  void the_default_number_of_steps_keeps_its_promise(Claim claim) {
    if (!Solver.menu().contains(claim.solver())) {
      return;
    }
    double[] sd = {0.2, 0.5, 1, 2, 4};
    double[][] covariance = new double[5][5];
    for (int i = 0; i < 5; i++) {
      covariance[i][i] = sd[i] * sd[i];
    }
    Denoiser denoiser = new GaussianDenoiser(new double[5], covariance);
    AffineLaw law = AffineLaw.of(claim.solver(), denoiser, Generation.of(claim.solver()).grid());
    for (int i = 0; i < 5; i++) {
      double ratio = Math.sqrt(law.covariance()[i][i]) / sd[i];
      assertThat(ratio).as("sd %s", sd[i]).isBetween(0.978, 1.022);
    }
  }

  /** Error in mean and covariance against the limit process over N = 40 … 320 steps. */
  @ParameterizedTest
  @MethodSource("claims")
  void the_measured_order_is_the_claimed_one(Claim claim) {
    double slope = measuredOrder(claim.solver()::on, claim);
    assertThat(slope).as("measured order").isBetween(claim.order() - 0.2, claim.order() + 0.2);
  }

  @FunctionalInterface
  interface Placed {
    Solver.Worker on(Denoiser denoiser, TimeGrid grid, int rows);
  }

  private static double measuredOrder(Placed placed, Claim claim) {
    if (claim.slow()) {
      return orderOfMany(claim);
    }
    int finer =
        claim.solver() instanceof EdmStochastic ? 4 : 1; // its churn is capped on short grids
    double[] error = new double[2];
    for (int i = 0; i < 2; i++) {
      TimeGrid grid = graded(claim, (i == 0 ? 40 : 320) * finer);
      Denoiser denoiser = NormalCase.denoiser();
      Solver.Worker worker =
          placed.on(denoiser, grid, AffineLaw.rows(claim.solver(), denoiser, grid));
      error[i] = AffineLaw.of(claim.solver(), worker, 2, grid).distance(claim.limit().apply(grid));
    }
    return StrictMath.log(error[0] / error[1]) / StrictMath.log(8);
  }

  /**
   * By the closed form over N = 1280 and 10240. While a level falls by more than a correction pulls, the corrector has not taken over; and on the geometric clock the terms of first order cancel but
   * for h σ², σ the last level: the sum of the steps' errors is h v² ∫ (w - λ)/(w + λ)³ dw over w = σ², where v = λ + σ² at the end, and that integral from 0 to ∞ is 0.
   */
  private static double orderOfMany(Claim claim) {
    TimeGrid coarse = graded(claim, 1280);
    TimeGrid fine = graded(claim, 10240);
    double first = claim.closed(coarse).distance(claim.limit().apply(coarse));
    double last = claim.closed(fine).distance(claim.limit().apply(fine));
    return StrictMath.log(first / last) / StrictMath.log(8);
  }

  /**
   * Log-uniform levels from e⁴ to e^{-1.5}, after three far shorter steps, of order h²: in them the multistep methods, still of lower order, gather their history.
   */
  private static TimeGrid graded(Claim claim, int steps) {
    if (claim.solver() instanceof AnnealedLangevin || claim.solver() instanceof EulerMaruyama) {
      return early(claim, steps); // the one's steps come in blocks, the other has no history
    }
    double h = 5.5 / steps;
    double[] times = new double[steps + 4];
    for (int k = 0; k < times.length; k++) {
      double gone = k < 3 ? k * h * h / 20 : 3 * h * h / 20 * (steps + 3 - k) / steps + (k - 3) * h;
      times[k] = claim.solver().noising().time(StrictMath.exp(4 - gone));
    }
    return new TimeGrid(times);
  }

  /** Log-uniform levels e³ … e⁻³ that do not go to zero. */
  private static TimeGrid early(Claim claim, int steps) {
    double[] times = new double[steps + 1];
    for (int k = 0; k <= steps; k++) {
      times[k] = claim.solver().noising().time(StrictMath.exp(3 - 6.0 * k / steps));
    }
    return new TimeGrid(times);
  }

  /** A 1 % error of any coefficient is seen by the closed form, and by the order. */
  @Test
  void a_planted_error_of_one_percent_fails_the_heun_test() {
    Claim claim = claims().get(0);
    TimeGrid grid = claim.solver().grid(18, 0.01, 30);
    for (int broken = -1; broken < 4; broken++) {
      double[] factor = planted(broken, 4);
      Placed twin = (d, g, r) -> new HeunTwin(d, g, r, factor);
      double off = distance(twin, claim, grid);
      double slope = measuredOrder(twin, claim);
      if (broken < 0) {
        assertThat(off).as("the twin without an error").isLessThan(TIGHT);
        assertThat(slope).isBetween(1.8, 2.2);
      } else {
        assertThat(off).as("coefficient %s", broken).isGreaterThan(1e9 * TIGHT);
        assertThat(slope).as("coefficient %s", broken).isLessThan(1.5);
      }
    }
  }

  @Test
  void a_planted_error_of_one_percent_fails_the_exponential_test() {
    Claim claim = claims().get(2);
    TimeGrid grid = claim.solver().grid(18, 0.01, 30);
    for (int broken = -1; broken < 4; broken++) {
      double[] factor = planted(broken, 4);
      Placed twin = (d, g, r) -> new ExponentialTwin(d, g, r, factor);
      double off = distance(twin, claim, grid);
      double slope = measuredOrder(twin, claim);
      if (broken < 0) {
        assertThat(off).as("the twin without an error").isLessThan(TIGHT);
        assertThat(slope).isBetween(0.8, 1.2);
      } else {
        assertThat(off).as("coefficient %s", broken).isGreaterThan(1e9 * TIGHT);
        assertThat(slope).as("coefficient %s", broken).isLessThan(0.8);
      }
    }
  }

  @Test
  void a_planted_error_of_one_percent_fails_the_euler_maruyama_test() {
    Noising noising = TimeRescaled.linear();
    Claim claim = Claim.maruyama(noising);
    TimeGrid grid = claim.solver().grid(18, 0.01, 30);
    for (int broken = -1; broken < 4; broken++) {
      double[] factor = planted(broken, 4);
      Placed twin = (d, g, r) -> new MaruyamaTwin(noising, d, g, factor);
      double off = distance(twin, claim, grid);
      double slope = measuredOrder(twin, claim);
      if (broken < 0) {
        assertThat(off).as("the twin without an error").isLessThan(TIGHT);
        assertThat(slope).isBetween(0.8, 1.2);
      } else {
        assertThat(off).as("coefficient %s", broken).isGreaterThan(1e9 * TIGHT);
        assertThat(slope).as("coefficient %s", broken).isLessThan(0.8);
      }
    }
  }

  /** Euler–Maruyama written out once more, as in the formula, with a factor on each coefficient. */
  private record MaruyamaTwin(Noising noising, Denoiser denoiser, TimeGrid grid, double[] factor)
      implements Solver.Worker {
    @Override
    public void step(int k, double[] x, int rows, double[] z) {
      double s = grid.time(k);
      double h = s - grid.time(k + 1);
      double a = noising.signal(s);
      double b = noising.noise(s);
      double[] y = new double[x.length];
      double[] denoised = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = x[i] / a;
      }
      denoiser.denoise(y, rows, b / a, denoised);
      for (int i = 0; i < x.length; i++) {
        double score = (factor[3] * a * denoised[i] - x[i]) / (b * b);
        double drift =
            factor[1] * noising.diffusion(s) * score - factor[2] * noising.drift(s) * x[i];
        double noise = factor[0] * Math.sqrt(h * noising.diffusion(s)) * z[i];
        x[i] = grid.time(k + 1) > 0 ? x[i] + h * drift + noise : denoised[i];
      }
    }
  }

  private static double distance(Placed placed, Claim claim, TimeGrid grid) {
    Denoiser denoiser = NormalCase.denoiser();
    int rows = AffineLaw.rows(claim.solver(), denoiser, grid);
    AffineLaw law = AffineLaw.of(claim.solver(), placed.on(denoiser, grid, rows), 2, grid);
    return law.distance(claim.closed(grid));
  }

  private static double[] planted(int broken, int coefficients) {
    double[] factor = new double[coefficients];
    Arrays.fill(factor, 1);
    if (broken >= 0) {
      factor[broken] = 1.01;
    }
    return factor;
  }

  /** Heun's method written out once more, with a factor on each coefficient. */
  private record HeunTwin(Denoiser denoiser, TimeGrid grid, int rows, double[] factor)
      implements Solver.Worker {
    @Override
    public void step(int k, double[] x, int rows, double[] z) {
      double s = grid.time(k);
      double t = grid.time(k + 1);
      double[] denoised = new double[x.length];
      denoiser.denoise(x, rows, s, denoised);
      double[] first = slope(x, denoised, factor[0] * s);
      double[] y = plus(x, factor[1] * (t - s), first);
      if (t > 0) {
        denoiser.denoise(y, rows, t, denoised);
        double[] second = slope(y, denoised, t);
        y = plus(plus(x, factor[2] * (t - s) / 2, first), factor[3] * (t - s) / 2, second);
      }
      System.arraycopy(y, 0, x, 0, x.length);
    }

    private static double[] slope(double[] x, double[] denoised, double sigma) {
      double[] slope = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        slope[i] = (x[i] - denoised[i]) / sigma;
      }
      return slope;
    }

    private static double[] plus(double[] x, double factor, double[] d) {
      double[] sum = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        sum[i] = x[i] + factor * d[i];
      }
      return sum;
    }
  }

  /** The exponential integrator written out once more, as in the paper, with a factor on each coefficient. */
  private record ExponentialTwin(Denoiser denoiser, TimeGrid grid, int rows, double[] factor)
      implements Solver.Worker {
    @Override
    public void step(int k, double[] x, int rows, double[] z) {
      double s = grid.time(k);
      double h = s - grid.time(k + 1);
      double a = Math.exp(-s);
      double b2 = 1 - a * a;
      double[] y = new double[x.length];
      double[] denoised = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = x[i] / a;
      }
      denoiser.denoise(y, rows, new OrnsteinUhlenbeck().sigma(s), denoised);
      for (int i = 0; i < x.length; i++) {
        double score = (factor[3] * a * denoised[i] - x[i]) / b2;
        double noise = Math.sqrt(Math.exp(2 * h) - 1) * z[i];
        x[i] =
            grid.time(k + 1) > 0
                ? factor[0] * Math.exp(h) * x[i]
                    + factor[1] * 2 * (Math.exp(h) - 1) * score
                    + factor[2] * noise
                : denoised[i];
      }
    }
  }

  /** Standard normal data, one step of length h, score -x: variance (2 - e^h)² + e^{2h} - 1 = 1 + 2(e^h - 1)². */
  @Test
  void one_exponential_step_on_standard_normal_data_has_a_known_variance() {
    Denoiser denoiser = new GaussianDenoiser(new double[] {0}, new double[][] {{1}});
    for (double h : new double[] {1e-3, 0.1, 0.7}) {
      TimeGrid grid = new TimeGrid(new double[] {2, 2 - h});
      AffineLaw law = AffineLaw.of(new ExponentialIntegrator(), denoiser, grid);
      double e = StrictMath.expm1(h);
      assertThat(law.covariance()[0][0]).isCloseTo(1 + 2 * e * e, within(1e-13));
    }
  }

  /** A point mass: the slope (x - μ)/σ is constant along a path, so that one step is as good as many. */
  @ParameterizedTest
  @MethodSource("claims")
  void ode_solvers_are_exact_on_a_point_mass(Claim claim) {
    if (claim.solver().stochastic()) {
      return;
    }
    Denoiser denoiser = new GaussianDenoiser(new double[] {3}, new double[][] {{0}});
    for (int steps : new int[] {1, 2, 30}) {
      TimeGrid grid = TimeGrid.uniform(steps, 5, 0.5);
      double[] x = {-1, 8};
      Solver.Worker worker = claim.solver().on(denoiser, grid, 2);
      for (int k = 0; k < steps; k++) {
        worker.step(k, x, 2, new double[0]);
      }
      assertThat(x).containsExactly(new double[] {2.6, 3.5}, within(1e-14));
    }
  }

  /** DDIM with η = 0: x_t = a_t D + (b_t/b_s)(x_s - a_s D), in the variables of the Ornstein–Uhlenbeck process. */
  @Test
  void euler_is_ddim_in_other_variables() {
    OrnsteinUhlenbeck ou = new OrnsteinUhlenbeck();
    Denoiser denoiser = NormalCase.denoiser();
    TimeGrid levels = TimeGrid.karras(9, 0.01, 30, 7);
    Solver.Worker euler = new Euler().on(denoiser, levels, 1);
    double[] x = {12, -25};
    double a = ou.signal(ou.time(30));
    double[] ddim = {a * x[0], a * x[1]};
    double[] y = new double[2];
    double[] denoised = new double[2];
    for (int k = 0; k < 9; k++) {
      double s = ou.time(levels.time(k));
      double t = ou.time(levels.time(k + 1));
      for (int j = 0; j < 2; j++) {
        y[j] = ddim[j] / ou.signal(s);
      }
      denoiser.denoise(y, 1, levels.time(k), denoised);
      for (int j = 0; j < 2; j++) {
        double noise = (ddim[j] - ou.signal(s) * denoised[j]) / ou.noise(s);
        ddim[j] = ou.signal(t) * denoised[j] + ou.noise(t) * noise;
      }
      euler.step(k, x, 1, new double[0]);
      for (int j = 0; j < 2; j++) {
        assertThat(ddim[j] / ou.signal(t)).isCloseTo(x[j], within(1e-12));
      }
    }
  }

  /** Levels from 10⁴ to 10⁻⁸ lose no more than the closed form in exact arithmetic would. */
  @ParameterizedTest
  @MethodSource("claims")
  void extreme_levels_keep_their_digits(Claim claim) {
    TimeGrid grid = claim.solver().grid(300, 1e-8, 1e4);
    AffineLaw law = AffineLaw.of(claim.solver(), NormalCase.denoiser(), grid);
    assertThat(law.distance(claim.closed(grid))).isLessThan(1e-9);
  }
}
