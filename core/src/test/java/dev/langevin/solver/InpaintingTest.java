package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.TimeRescaled;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two coordinates of unit variance and correlation 0.8; the first is known to be 1.2, so that the second is N(0.96, 0.36). */
class InpaintingTest {
  private static final boolean[] KNOWN = {true, false};
  private static final double[] VALUES = {1.2, Double.NaN};

  private static Denoiser correlated() {
    return new GaussianDenoiser(new double[2], new double[][] {{1, 0.8}, {0.8, 1}});
  }

  private static AffineLaw law(Solver solver, int resamplings) {
    Inpainting recipe = new Inpainting(solver, KNOWN, VALUES, resamplings);
    return AffineLaw.of(recipe, correlated(), recipe.grid(64, 0.002, 80));
  }

  static List<Solver> solvers() {
    return List.of(new Heun(), new ExponentialIntegrator(), new Ddim(1), new PredictorCorrector());
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void projection_is_biased_and_resampling_takes_the_bias_away(Solver solver) {
    double before = 1;
    for (int resamplings : new int[] {1, 2, 5, 20}) {
      AffineLaw law = law(solver, resamplings);
      assertThat(law.mean()[0]).isEqualTo(1.2);
      assertThat(law.covariance()[0][0]).isZero();
      double bias = Math.abs(law.mean()[1] - 0.96);
      assertThat(bias).as("%s resamplings", resamplings).isLessThan(0.75 * before);
      before = bias;
    }
    assertThat(before).isLessThan(0.05);
  }

  /** Exact propagation: these are the figures of the documentation. */
  @Test
  void the_figures_of_the_table_are_these() {
    double[][] ddim = {{1, 0.571, 0.435}, {2, 0.733, 0.368}, {5, 0.867, 0.322}, {20, 0.938, 0.298}};
    double[][] exponential = {
      {1, 0.577, 0.566}, {2, 0.736, 0.459}, {5, 0.868, 0.398}, {20, 0.938, 0.369}
    };
    figures(new Ddim(1), ddim);
    figures(new ExponentialIntegrator(), exponential);
  }

  /** At equal evaluations long jumps are the worse here: 604 for j = 5 and 10, 631 for j = 1. */
  @Test
  void jumps_of_one_step_are_the_best_on_normal_data() {
    double[][] rows = {{1, 0.915, 0.307}, {5, 0.899, 0.314}, {10, 0.879, 0.331}};
    for (double[] row : rows) {
      Inpainting recipe = new Inpainting(new Ddim(1), KNOWN, VALUES, (int) row[0], 10);
      TimeGrid grid = recipe.grid(64, 0.002, 80);
      AffineLaw law = AffineLaw.of(recipe, correlated(), grid);
      assertThat(law.mean()[1]).isCloseTo(row[1], within(5e-4));
      assertThat(law.covariance()[1][1]).isCloseTo(row[2], within(5e-4));
      assertThat(recipe.evaluations(grid)).isEqualTo(row[0] == 1 ? 631 : 604);
    }
  }

  private static void figures(Solver solver, double[][] rows) {
    for (double[] row : rows) {
      AffineLaw law = law(solver, (int) row[0]);
      assertThat(law.mean()[1]).isCloseTo(row[1], within(5e-4));
      assertThat(law.covariance()[1][1]).isCloseTo(row[2], within(5e-4));
    }
  }

  /** j and r, on a grid to 0 and on one that ends before. */
  static List<int[]> jumps() {
    return List.of(
        new int[] {1, 1},
        new int[] {1, 3},
        new int[] {2, 2},
        new int[] {3, 4},
        new int[] {5, 2},
        new int[] {11, 2},
        new int[] {40, 3});
  }

  private static RepaintCase ddimCase(int jump, int resamplings) {
    Inpainting recipe =
        new Inpainting(new Ddim(0.7), KNOWN, new double[] {1.2, 0}, jump, resamplings);
    return new RepaintCase(recipe, RepaintCase.ddim(0.7), NormalCase.data());
  }

  private static RepaintCase maruyamaCase(int jump, int resamplings) {
    EulerMaruyama solver = new EulerMaruyama(TimeRescaled.linear());
    Inpainting recipe = new Inpainting(solver, KNOWN, new double[] {1.2, 0}, jump, resamplings);
    return new RepaintCase(recipe, RepaintCase.maruyama(solver.noising()), NormalCase.data());
  }

  @ParameterizedTest
  @MethodSource("jumps")
  void its_law_is_that_of_the_printed_algorithm_for_any_jump(int[] jump) {
    for (RepaintCase on : List.of(ddimCase(jump[0], jump[1]), maruyamaCase(jump[0], jump[1]))) {
      TimeGrid whole = on.of().grid(12, 0.1, 8);
      for (TimeGrid grid : List.of(whole, new TimeGrid(Arrays.copyOf(whole.times(), 11)))) {
        AffineLaw law = AffineLaw.of(on.of(), NormalCase.denoiser(), grid);
        assertThat(law.distance(on.law(grid, Planted.nothing()))).isLessThan(1e-12);
      }
    }
  }

  @Test
  void one_percent_on_a_coefficient_is_seen() {
    for (RepaintCase on : List.of(ddimCase(3, 4), maruyamaCase(2, 3))) {
      TimeGrid grid = new TimeGrid(Arrays.copyOf(on.of().grid(12, 0.1, 8).times(), 12));
      AffineLaw law = AffineLaw.of(on.of(), NormalCase.denoiser(), grid);
      Planted nothing = Planted.nothing();
      assertThat(law.distance(on.law(grid, nothing))).isLessThan(1e-12);
      assertThat(nothing.names()).hasSize(7);
      for (String name : nothing.names()) {
        assertThat(law.distance(on.law(grid, Planted.in(name)))).as(name).isGreaterThan(1e-5);
      }
    }
  }

  /** By the closed form: on ever finer grids, with ever more resamplings, mean and variance of the unknown coordinate become those given the known one. */
  @Test
  void the_law_becomes_the_conditional_one_as_resamplings_and_steps_grow() {
    for (int jump : new int[] {1, 4, 10}) {
      double before = Double.POSITIVE_INFINITY;
      for (int[] size : new int[][] {{100, 4}, {400, 16}, {1600, 64}}) {
        RepaintCase on = ddimCase(jump, size[1]);
        AffineLaw law = on.law(on.of().grid(size[0], 1e-3, 80), Planted.nothing());
        double[] wanted = on.conditional();
        double off =
            Math.max(
                Math.abs(law.mean()[1] - wanted[0]), Math.abs(law.covariance()[1][1] - wanted[1]));
        assertThat(off).as("jump %s, %s", jump, size[0]).isLessThan(before / 2);
        before = off;
      }
      assertThat(before).isLessThan(1.2e-3); // measured: 9.2e-4
    }
  }

  /** With the first coordinate known to be 2, the mode at (2, 2) has it for sure; unaided both modes are drawn. */
  @Test
  void in_a_mixture_the_known_coordinate_chooses_the_mode() {
    GaussianMixture mixture =
        GaussianMixture.isotropic(
            new double[] {0.5, 0.5}, new double[][] {{-2, -2}, {2, 2}}, new double[] {0.3, 0.3});
    Solver solver = new Inpainting(new Ddim(1), KNOWN, new double[] {2, 0}, 5);
    double[] x =
        new Generation(solver, 40, 0.01, 20)
            .sample(new GaussianMixtureDenoiser(mixture), 400, 100, Seed.of(3), StepListener.NONE);
    int wrong = 0;
    double mean = 0;
    for (int r = 0; r < 400; r++) {
      assertThat(x[2 * r]).isEqualTo(2);
      wrong += x[2 * r + 1] < 0 ? 1 : 0;
      mean += x[2 * r + 1] / 400;
    }
    assertThat(wrong).isZero();
    assertThat(mean).isCloseTo(2, within(4.9 * 0.3 / 20 + 0.01)); // 10⁻⁶, and the steps
  }

  /** Nothing known and nothing resampled is the solver itself; rows do not depend on their batch. */
  @Test
  void it_decorates_any_solver() {
    for (Solver solver : Solver.menu()) {
      Solver idle = new Inpainting(solver, new boolean[2], new double[2], 1);
      AffineLaw plain = AffineLaw.of(solver, correlated(), solver.grid(12, 0.1, 20));
      AffineLaw decorated = AffineLaw.of(idle, correlated(), idle.grid(12, 0.1, 20));
      assertThat(decorated.distance(plain)).isLessThan(1e-13);
    }
    Generation recipe = new Generation(new Inpainting(new Ddim(0.5), KNOWN, VALUES, 3), 9, 0.1, 20);
    double[] alone = recipe.sample(correlated(), 20, 1, Seed.of(4), StepListener.NONE);
    assertThat(recipe.sample(correlated(), 20, 7, Seed.of(4), StepListener.NONE)).isEqualTo(alone);
    assertThat(recipe.evaluations()).isEqualTo(3 * 8 + 1);
    Solver jumping = new Inpainting(new Heun(), KNOWN, VALUES, 4, 3);
    Generation long4 = new Generation(jumping, 10, 0.1, 20);
    // levels 9 … 0: jumps from 4 and 0, each twice over four steps of two evaluations
    assertThat(long4.evaluations()).isEqualTo(19 + 2 * 2 * 4 * 2);
    assertThat(jumping.noises(long4.grid(), 4)).isEqualTo(9 + 2);
    assertThat(jumping.noises(long4.grid(), 5)).isEqualTo(1);
    assertThat(long4.sample(correlated(), 20, 7, Seed.of(4), StepListener.NONE))
        .isEqualTo(long4.sample(correlated(), 20, 1, Seed.of(4), StepListener.NONE));
  }

  /** From t back to s and nothing else: the law of x_t becomes that of x_s. */
  @Test
  void the_way_back_is_the_forward_process() {
    Denoiser point = new GaussianDenoiser(new double[1], new double[1][1]);
    Solver twice = new Inpainting(new Ddim(), new boolean[1], new double[1], 2);
    AffineLaw law = AffineLaw.of(twice, point, new TimeGrid(new double[] {3, 2}));
    // 3² → 2² → 3² by the noise of the way back → 2²
    assertThat(law.covariance()[0][0]).isCloseTo(4, within(1e-13));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new Inpainting(new Heun(), KNOWN, VALUES, 0))
        .hasMessage("resamplings must be at least 1, got 0");
    assertThatThrownBy(() -> new Inpainting(new Heun(), KNOWN, VALUES, 0, 2))
        .hasMessage("jump must be at least 1, got 0");
    assertThatThrownBy(() -> new Inpainting(new UniPc(2), KNOWN, VALUES, 2))
        .hasMessageContaining(
            "solver must not remember its steps when they are resampled, got UniPc");
    assertThatThrownBy(() -> new Inpainting(new Heun(), new boolean[] {false, true}, VALUES, 1))
        .hasMessage("values[1] must be finite, got NaN");
    assertThatThrownBy(() -> new Inpainting(new Heun(), KNOWN, new double[3], 1))
        .hasMessageContaining("values must be of length 2");
  }
}
