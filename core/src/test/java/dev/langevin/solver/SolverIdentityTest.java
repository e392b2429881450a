package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.random.Allocation;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Solvers that are one recursion under two names agree draw for draw, on data that are far from normal:
 *
 * <ul>
 *   <li>DPM-Solver++ 1, DDIM with η = 0, Adams–Bashforth 1, PLMS 1 and UniP 1 are Euler; so is DDIM in x/√ᾱ (in the linear case)
 *   <li>SDE-DPM-Solver++ 1, Euler-ancestral and DDPM with the small variance are DDIM with η = 1, which on all levels is DDPM's chain as printed; so is DDPM's chain with the large variance
 *   <li>UniP p is DPM-Solver++ p; Adams–Bashforth with equal steps is PLMS; on two levels Heun is PLMS's first step
 *   <li>EDM's sampler without churn is Heun, to the bit; with it Heun after noise
 *   <li>a step of predictor and corrector is annealed Langevin and a prediction; without corrections it is reverse diffusion as printed
 *   <li>diffusers' DDIM is DDIM on leading timesteps; inpainting that knows nothing is its solver
 * </ul>
 */
class SolverIdentityTest {
  private static final int ROWS = 11;
  private static final TimeGrid KARRAS = TimeGrid.karras(12, 0.02, 30, 7);

  /** What a step of the decorators below may look at. */
  private static final int NOISES_OF_ANY = 12;

  private static final int NOISES =
      Claim.all().stream().mapToInt(claim -> claim.solver().noises()).max().orElseThrow();

  private static Denoiser denoiser() {
    return new GaussianMixtureDenoiser(
        GaussianMixture.isotropic(
            new double[] {0.3, 0.7}, new double[][] {{-2, 1}, {2, 0}}, new double[] {0.3, 0.6}));
  }

  /** The rows after a run from one start, with as many noises for each step as any solver takes. */
  private static double[] run(Solver.Worker worker, TimeGrid grid) {
    double[] x = new double[2 * ROWS];
    double[] z = new double[NOISES_OF_ANY * 2 * ROWS];
    Seed.of(5).random().fillGaussian(x, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      x[i] *= grid.time(0);
    }
    for (int k = 0; k < grid.steps(); k++) {
      Seed.of(6).child(k).random().fillGaussian(z, 0, z.length);
      worker.step(k, x, ROWS, z);
    }
    return x;
  }

  private static double[] run(Solver solver, TimeGrid grid) {
    return run(solver.on(denoiser(), grid, ROWS), grid);
  }

  private static void assertSame(double[] one, double[] other) {
    assertThat(one).containsExactly(other, within(1e-11));
  }

  @Test
  void first_order_dpm_solver_plus_plus_is_ddim_is_euler_is_adams_bashforth_one() {
    double[] euler = run(new Euler(), KARRAS);
    assertSame(run(new DpmSolverPlusPlus(1), KARRAS), euler);
    assertSame(run(new Ddim(0), KARRAS), euler);
    assertSame(run(new AdamsBashforth(1), KARRAS), euler);
    assertSame(run(new Plms(1), KARRAS), euler);
    assertThat(Math.abs(run(new Ddim(0.01), KARRAS)[0] - euler[0])).isGreaterThan(1e-6);
  }

  @Test
  void first_order_sde_dpm_solver_plus_plus_is_ddim_with_eta_one_is_euler_ancestral_is_ddpm() {
    double[] ddim = run(new Ddim(1), KARRAS);
    assertSame(run(new SdeDpmSolverPlusPlus(1), KARRAS), ddim);
    assertSame(run(new EulerAncestral(), KARRAS), ddim);
    assertSame(run(new Ddpm(), KARRAS), ddim);
  }

  /** ᾱ_0 = 1, ᾱ_1, … of a chain of 60 with β from 10⁻³ to 0.2. */
  private static double[] chain() {
    double[] bar = new double[61];
    bar[0] = 1;
    for (int t = 1; t <= 60; t++) {
      bar[t] = bar[t - 1] * (1 - (1e-3 + (0.2 - 1e-3) * (t - 1) / 59));
    }
    return bar;
  }

  /** All levels of the chain, σ = √((1 - ᾱ)/ᾱ), falling. */
  private static TimeGrid levels(double[] bar) {
    double[] times = new double[bar.length];
    for (int t = 1; t < bar.length; t++) {
      times[bar.length - 1 - t] = Math.sqrt((1 - bar[t]) / bar[t]);
    }
    return new TimeGrid(times);
  }

  /** Ho et al. 2020, algorithm 2 with eq. 7, over all levels. */
  @Test
  void ddim_with_eta_one_on_all_levels_is_the_chain_of_ddpm() {
    double[] bar = chain();
    int steps = bar.length - 1;
    TimeGrid grid = levels(bar);
    Denoiser denoiser = denoiser();
    double[] mean = new double[2 * ROWS];
    Solver.Worker chain =
        (k, x, rows, z) -> {
          int t = steps - k;
          denoiser.denoise(x, rows, grid.time(k), mean);
          double alpha = bar[t] / bar[t - 1];
          double noise = Math.sqrt((1 - bar[t - 1]) / (1 - bar[t]) * (1 - alpha));
          for (int i = 0; i < 2 * rows; i++) {
            double scaled = Math.sqrt(bar[t]) * x[i];
            double mu =
                (Math.sqrt(bar[t - 1]) * (1 - alpha) * mean[i]
                        + Math.sqrt(alpha) * (1 - bar[t - 1]) * scaled)
                    / (1 - bar[t]);
            x[i] = (mu + noise * z[i]) / Math.sqrt(bar[t - 1]);
          }
        };
    assertSame(run(new Ddim(1), grid), run(chain, grid));
  }

  /** The same with β̃ for the variance: in x/√ᾱ, √β̃/√ᾱ_{t-1}; none in the last step. */
  @Test
  void with_the_large_variance_the_chain_is_ddpms_other_one() {
    double[] bar = chain();
    int steps = bar.length - 1;
    TimeGrid grid = levels(bar);
    Solver.Worker small = new Ddpm().on(denoiser(), grid, ROWS);
    double[] none = new double[2 * ROWS];
    Solver.Worker large =
        (k, x, rows, z) -> {
          int t = steps - k;
          small.step(k, x, rows, none);
          double beta = 1 - bar[t] / bar[t - 1];
          for (int i = 0; i < 2 * rows && t > 1; i++) {
            x[i] += Math.sqrt(beta / bar[t - 1]) * z[i];
          }
        };
    assertSame(run(new Ddpm(Ddpm.Variance.LARGE), grid), run(large, grid));
  }

  /** A correction with ratio r is annealed Langevin's step with relative step 4r²; the prediction is what is left. */
  @Test
  void a_corrected_step_is_annealed_langevin_and_a_prediction() {
    double snr = 0.2;
    Noising exploding = new VarianceExploding();
    Solver pair = new PredictorCorrector(exploding, 1, snr, PredictorCorrector.Norms.EXPECTED);
    Solver predictor = new PredictorCorrector(exploding, 0, snr, PredictorCorrector.Norms.EXPECTED);
    Solver.Worker langevin =
        new AnnealedLangevin(1, 4 * snr * snr, false).on(denoiser(), KARRAS, ROWS);
    Solver.Worker prediction = predictor.on(denoiser(), KARRAS, ROWS);
    Solver.Worker both =
        (k, x, rows, z) -> {
          langevin.step(k, x, rows, Arrays.copyOfRange(z, 2 * rows, 4 * rows));
          prediction.step(k, x, rows, z);
        };
    assertSame(run(pair, KARRAS), run(both, KARRAS));
  }

  /** Reverse diffusion on variance exploding: x + (s² - t²) score + √(s² - t²) z (Song et al. 2021, algorithm 2). */
  @Test
  void without_corrections_the_pair_is_reverse_diffusion() {
    Denoiser denoiser = denoiser();
    double[] mean = new double[2 * ROWS];
    Solver.Worker printed =
        (k, x, rows, z) -> {
          double s = KARRAS.time(k);
          double t = KARRAS.time(k + 1);
          denoiser.denoise(x, rows, s, mean);
          for (int i = 0; i < 2 * rows; i++) {
            double score = (mean[i] - x[i]) / (s * s);
            x[i] =
                t > 0 ? x[i] + (s * s - t * t) * score + Math.sqrt(s * s - t * t) * z[i] : mean[i];
          }
        };
    Solver bare =
        new PredictorCorrector(new VarianceExploding(), 0, 0.2, PredictorCorrector.Norms.EXPECTED);
    assertSame(run(bare, KARRAS), run(printed, KARRAS));
  }

  /** Churn is noise up to ŝ = s (1 + γ), and then Heun's step from there. */
  @Test
  void the_stochastic_sampler_is_heun_after_noise() {
    double gamma = 6 / 12.0;
    double capped = Math.min(gamma, Math.sqrt(2) - 1);
    Denoiser denoiser = denoiser();
    Solver.Worker printed =
        (k, x, rows, z) -> {
          double s = KARRAS.time(k);
          double hat = s * (1 + capped);
          for (int i = 0; i < 2 * rows; i++) {
            x[i] += 1.01 * Math.sqrt(hat * hat - s * s) * z[i];
          }
          TimeGrid step = new TimeGrid(new double[] {hat, KARRAS.time(k + 1)});
          new Heun().on(denoiser, step, ROWS).step(0, x, rows, new double[0]);
        };
    assertSame(run(new EdmStochastic(6, 0, 99, 1.01), KARRAS), run(printed, KARRAS));
  }

  @Test
  void the_first_step_of_plms_is_heuns() {
    TimeGrid two = new TimeGrid(new double[] {30, 4});
    assertSame(run(new Plms(), two), run(new Heun(), two));
  }

  @Test
  void on_leading_timesteps_ddim_as_in_diffusers_is_ddim() {
    DiscreteSchedule schedule = DiscreteSchedule.linear();
    for (double eta : new double[] {0, 0.8}) {
      TimeGrid leading = new Timesteps(schedule, Timesteps.Rule.LEADING).levels(20);
      assertSame(run(new DiffusersDdim(schedule, eta), leading), run(new Ddim(eta), leading));
      TimeGrid linspace = new Timesteps(schedule, Timesteps.Rule.LINSPACE).levels(20);
      assertThat(run(new DiffusersDdim(schedule, eta), linspace))
          .isNotEqualTo(run(new Ddim(eta), linspace));
    }
  }

  @Test
  void inpainting_that_knows_nothing_is_its_solver_to_the_bit() {
    for (Solver solver : Solver.menu()) {
      TimeGrid grid = solver.grid(8, 0.02, 30);
      Solver idle = new Inpainting(solver, new boolean[2], new double[2], 3, 1);
      assertThat(run(idle, grid)).isEqualTo(run(solver, grid));
    }
  }

  /** UniP is multistep DPM-Solver++ of the same order, with B₂; the corrector is what it has more. */
  @Test
  void the_predictor_of_unipc_is_dpm_solver_plus_plus() {
    for (int order = 1; order <= 3; order++) {
      Update[] predictors = new UniPc(order).predictors(KARRAS);
      double[] alone = run(new Multistep(denoiser(), KARRAS, predictors, ROWS), KARRAS);
      assertSame(alone, run(new DpmSolverPlusPlus(order), KARRAS));
      assertThat(Math.abs(run(new UniPc(order), KARRAS)[0] - alone[0])).isGreaterThan(1e-4);
    }
    assertSame(
        run(new Multistep(denoiser(), KARRAS, new UniPc(1).predictors(KARRAS), ROWS), KARRAS),
        run(new Ddim(0), KARRAS));
  }

  @Test
  void without_churn_the_stochastic_sampler_is_heuns_to_the_bit() {
    double[] heun = run(new Heun(), KARRAS);
    assertThat(run(new EdmStochastic(0, 0, 99, 1.1), KARRAS)).isEqualTo(heun);
    assertThat(run(new EdmStochastic(40, 31, 99, 1.1), KARRAS)).isEqualTo(heun);
    assertThat(run(new EdmStochastic(40, 0, 0.01, 1.1), KARRAS)).isEqualTo(heun);
    assertThat(run(new EdmStochastic(1e-3, 0, 99, 1), KARRAS)).isNotEqualTo(heun);
    assertThat(new EdmStochastic(0, 0, 99, 1).stochastic()).isFalse();
  }

  @Test
  void on_equal_steps_adams_bashforth_has_the_blends_of_plms() {
    TimeGrid equal = TimeGrid.uniform(9, 5, 0.5);
    for (int order = 1; order <= 4; order++) {
      Update[] blends = new Plms(order).plan(equal);
      Update[] weights = new AdamsBashforth(order).plan(equal);
      for (int k = 0; k < 9; k++) {
        assertThat(weights[k].weights()).containsExactly(blends[k].weights(), within(1e-13));
      }
    }
  }

  /** Keeps what the denoiser said last. */
  private static final class Remembering implements Denoiser {
    private final Denoiser exact = denoiser();
    private double[] last = new double[0];

    @Override
    public int dimension() {
      return exact.dimension();
    }

    @Override
    public void denoise(double[] y, int rows, double sigma, double[] out) {
      exact.denoise(y, rows, sigma, out);
      last = Arrays.copyOf(out, 2 * rows);
    }
  }

  static List<Solver> solvers() {
    return Claim.all().stream()
        .map(Claim::solver)
        .filter(s -> !(s instanceof AnnealedLangevin annealed && !annealed.denoised()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void a_step_to_zero_returns_the_posterior_mean_to_the_bit(Solver solver) {
    for (int steps : new int[] {1, 2, 3, 12}) {
      TimeGrid grid = solver.grid(steps, 0.02, 30);
      Remembering denoiser = new Remembering();
      double[] rows = run(solver.on(denoiser, grid, ROWS), grid);
      assertThat(rows).isEqualTo(denoiser.last);
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void a_worker_can_be_used_for_run_after_run(Solver solver) {
    TimeGrid grid = solver.grid(7, 0.02, 30);
    Solver.Worker worker = solver.on(denoiser(), grid, ROWS);
    double[] first = run(worker, grid);
    assertThat(run(worker, grid)).isEqualTo(first);
  }

  /** Those of the claims, the whole menu, and the decorators. */
  static List<Solver> everything() {
    Solver inpainting =
        new Inpainting(new Ddim(1), new boolean[] {true, false}, new double[2], 2, 3);
    List<Solver> more =
        List.of(
            inpainting,
            new UnitStart(new UniPc(3)),
            new DiffusersDdim(DiscreteSchedule.linear(), 0.5),
            new PredictorCorrector(new OrnsteinUhlenbeck(), 2, 0.2, PredictorCorrector.Norms.ROW));
    return Stream.of(Claim.all().stream().map(Claim::solver), Solver.menu().stream(), more.stream())
        .flatMap(solvers -> solvers)
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void steps_allocate_nothing(Solver solver) throws ReflectiveOperationException {
    TimeGrid grid = solver.grid(20, 0.02, 30);
    Denoiser halves =
        new Denoiser() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public void denoise(double[] y, int rows, double sigma, double[] out) {
            for (int i = 0; i < 2 * rows; i++) {
              out[i] = y[i] / 2;
            }
          }
        };
    Solver.Worker worker = solver.on(halves, grid, ROWS);
    double[] x = new double[2 * ROWS];
    double[] z = new double[Math.max(NOISES, solver.noises()) * 2 * ROWS];
    int times = solver.adaptive() ? 10 : 200; // each with steps of its own
    runs(times, worker, x, z);
    long least = Long.MAX_VALUE;
    // now and then the virtual machine allocates of its own, as does StrictMath.tan until it is
    // compiled
    for (int i = 0; i < 20 && least >= 4_000; i++) {
      long before = Allocation.bytes();
      runs(times, worker, x, z);
      least = Math.min(least, Allocation.bytes() - before);
    }
    assertThat(least).as("bytes for %s steps", 20 * times).isLessThan(4_000);
  }

  private static void runs(int times, Solver.Worker worker, double[] x, double[] z) {
    for (int i = 0; i < times; i++) {
      for (int k = 0; k < 20; k++) {
        worker.step(k, x, ROWS, z);
      }
    }
  }

  @Test
  void every_parameter_matters() {
    DpmSolverPlusPlus.Rule midpoint = DpmSolverPlusPlus.Rule.MIDPOINT;
    DpmSolverPlusPlus.Rule heun = DpmSolverPlusPlus.Rule.HEUN;
    List<Solver> recipes =
        List.of(
            new Ddim(0.3),
            new Ddim(0.4),
            new Ddpm(Ddpm.Variance.SMALL),
            new Ddpm(Ddpm.Variance.LARGE),
            new DpmSolverPlusPlus(3, midpoint, false, 0),
            new DpmSolverPlusPlus(3, heun, false, 0), // the second step is of order 2
            new DpmSolverPlusPlus(3, midpoint, true, 0),
            new DpmSolverPlusPlus(3, midpoint, false, 15),
            new DpmSolverPlusPlus(2, midpoint, false, 0),
            new SdeDpmSolverPlusPlus(2, midpoint, 0),
            new SdeDpmSolverPlusPlus(2, heun, 0),
            new SdeDpmSolverPlusPlus(2, midpoint, 15),
            new UniPc(3, UniPc.Scale.BH2, 0),
            new UniPc(3, UniPc.Scale.BH1, 0),
            new UniPc(3, UniPc.Scale.BH2, 15),
            new UniPc(2, UniPc.Scale.BH2, 0),
            new AdamsBashforth(2),
            new AdamsBashforth(3),
            new Plms(2),
            new Plms(3),
            new EdmStochastic(2, 0.1, 10, 1),
            new EdmStochastic(1, 0.1, 10, 1),
            new EdmStochastic(2, 1.7, 10, 1),
            new EdmStochastic(2, 0.1, 3, 1),
            new EdmStochastic(2, 0.1, 10, 1.01));
    TimeGrid early = TimeGrid.uniform(8, 6, 0.4);
    List<String> rows = new ArrayList<>();
    for (Solver recipe : recipes) {
      rows.add(Arrays.toString(run(recipe, early)));
    }
    assertThat(rows).doesNotHaveDuplicates();
    // only grids that are shorter are lowered
    assertThat(run(new UniPc(3, UniPc.Scale.BH2, 8), early)).isEqualTo(run(new UniPc(3), early));
    assertThat(run(UniPc.diffusers(3, UniPc.Scale.BH2), early))
        .isEqualTo(run(new UniPc(3, UniPc.Scale.BH2, 15), early));
  }

  @Test
  void a_unit_start_changes_the_start_alone() {
    UnitStart unit = new UnitStart(new Ddim(1));
    assertThat(unit.startingScale(3)).isEqualTo(Math.sqrt(10));
    assertThat(run(unit, KARRAS)).isEqualTo(run(new Ddim(1), KARRAS));
    assertThat(unit.name()).isEqualTo("ddim");
    assertThat(unit.noises()).isEqualTo(1);
    assertThat(unit.defaultSteps()).isEqualTo(new Ddim(1).defaultSteps());
    assertThat(unit.evaluations(KARRAS)).isEqualTo(12);
    assertThat(unit.noising()).isEqualTo(new Ddim(1).noising());
    assertThat(new UnitStart(new AnnealedLangevin()).spacing())
        .isEqualTo(new AnnealedLangevin().spacing());
    assertThatThrownBy(() -> unit.startingScale(0)).hasMessageContaining("t must be positive");
    assertThatThrownBy(() -> new UnitStart(new ExponentialIntegrator()))
        .hasMessage("solver must be one on the sigma clock, got ExponentialIntegrator[]");
  }

  @Test
  void names_are_different_and_what_makes_no_sense_is_refused() {
    assertThat(Solver.menu().stream().map(Solver::name)).doesNotHaveDuplicates();
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Ddim(wrong))
          .hasMessage("eta must be between 0 and 1, got " + wrong);
    }
    assertThatThrownBy(() -> new DpmSolverPlusPlus(4))
        .hasMessage("order must be between 1 and 3, got 4");
    assertThatThrownBy(() -> new DpmSolverPlusPlus(2, DpmSolverPlusPlus.Rule.HEUN, false, -1))
        .hasMessage("lowerBelow must be at least 0, got -1");
    assertThatThrownBy(() -> new SdeDpmSolverPlusPlus(3))
        .hasMessage("order must be between 1 and 2, got 3");
    assertThatThrownBy(() -> new SdeDpmSolverPlusPlus(2, DpmSolverPlusPlus.Rule.HEUN, -1))
        .hasMessage("lowerBelow must be at least 0, got -1");
    assertThatThrownBy(() -> new UniPc(0)).hasMessage("order must be between 1 and 3, got 0");
    assertThatThrownBy(() -> new UniPc(2, UniPc.Scale.BH1, -1))
        .hasMessage("lowerBelow must be at least 0, got -1");
    assertThatThrownBy(() -> new AdamsBashforth(5))
        .hasMessage("order must be between 1 and 4, got 5");
    assertThatThrownBy(() -> new Plms(0)).hasMessage("blend must be between 1 and 4, got 0");
    assertThatThrownBy(() -> new EdmStochastic(-1, 0, 1, 1)).hasMessageContaining("churn must be");
    assertThatThrownBy(() -> new EdmStochastic(1, -1, 1, 1))
        .hasMessageContaining("minimum must be");
    assertThatThrownBy(() -> new EdmStochastic(1, 2, 1, 1))
        .hasMessage("maximum must be at least minimum = 2.0, got 1.0");
    assertThatThrownBy(() -> new EdmStochastic(1, 0, 1, 0))
        .hasMessageContaining("inflation must be positive");
  }
}
