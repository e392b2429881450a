package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.random.Seed;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * On normal data the flow is linear: along an axis with variance λ the distance from the mean grows like √(λ + σ²), so the exact consistency function is f = μ + √((λ + σ_min²)/(λ + σ²))(x - μ).
 */
class ConsistencyTest {
  private static final double FLOOR = 0.002;
  private static final double TIGHT = 1e-12;

  /** A map with this gain along the axis of this variance at this level, and the data's mean as its fixed point. */
  private static Denoiser linear(DoubleBinaryOperator gain) {
    return new Denoiser() {
      @Override
      public int dimension() {
        return 2;
      }

      @Override
      public void denoise(double[] y, int rows, double sigma, double[] out) {
        double first = gain.applyAsDouble(NormalCase.LAMBDA[0], sigma);
        double second = gain.applyAsDouble(NormalCase.LAMBDA[1], sigma);
        for (int r = 0; r < rows; r++) {
          double a = y[2 * r] - NormalCase.MEAN[0];
          double b = y[2 * r + 1] - NormalCase.MEAN[1];
          double u = first * (0.8 * a + 0.6 * b); // NormalCase's axes
          double v = second * (-0.6 * a + 0.8 * b);
          out[2 * r] = NormalCase.MEAN[0] + 0.8 * u - 0.6 * v;
          out[2 * r + 1] = NormalCase.MEAN[1] + 0.6 * u + 0.8 * v;
        }
      }
    };
  }

  private static double gain(double lambda, double sigma, double floor) {
    return Math.sqrt((lambda + floor * floor) / (lambda + sigma * sigma));
  }

  private static Denoiser exact(double floor) {
    return linear((lambda, sigma) -> gain(lambda, sigma, floor));
  }

  /** Exact at the floor, and off by a share that grows to {@code share} above it. */
  private static Denoiser off(double share) {
    return linear(
        (lambda, sigma) -> gain(lambda, sigma, FLOOR) * (1 + share * (1 - FLOOR / sigma)));
  }

  @Test
  void one_step_from_the_exact_function_is_the_flow_to_its_end() {
    Consistency solver = new Consistency(FLOOR);
    for (double top : new double[] {1, 80}) {
      AffineLaw law = AffineLaw.of(solver, exact(FLOOR), solver.grid(1, FLOOR, top));
      AffineLaw flow = NormalCase.exactOde(new TimeGrid(new double[] {top, FLOOR}));
      assertThat(law.distance(flow)).isLessThan(TIGHT);
    }
    AffineLaw law = AffineLaw.of(solver, exact(FLOOR), solver.grid(1, FLOOR, 1e5));
    assertThat(law.distance(noisedData(FLOOR))).as("but for the start").isLessThan(2e-5);
    assertThat(
            AffineLaw.of(solver, off(0.01), solver.grid(1, FLOOR, 1e5)).distance(noisedData(FLOOR)))
        .as("power: a function that is 1 % off")
        .isGreaterThan(5e-3);
  }

  /** N(μ, Σ + σ²I). */
  private static AffineLaw noisedData(double sigma) {
    return NormalCase.law(1, (mean, lambda) -> new double[] {mean, 0, lambda + sigma * sigma});
  }

  @Test
  void further_steps_keep_the_exact_law_and_wrong_noise_does_not() {
    double floor = 0.3; // large enough that √(t² - σ_min²) and t differ
    Consistency solver = new Consistency(floor);
    for (int steps : new int[] {1, 2, 4, 9}) {
      TimeGrid grid = solver.grid(steps, floor, 1e5);
      AffineLaw law = AffineLaw.of(solver, exact(floor), grid);
      assertThat(law.distance(noisedData(floor))).as("%s steps", steps).isLessThan(2e-5);
    }
    TimeGrid grid = new TimeGrid(new double[] {1e5, 0.5, 0});
    Solver.Worker right = solver.on(exact(floor), grid, 7);
    Solver.Worker wrong =
        (k, x, n, z) -> right.step(k, x, n, scaled(z, 0.5 / 0.4)); // t for √(t² - σ_min²)
    assertThat(AffineLaw.of(solver, right, 2, grid).distance(noisedData(floor))).isLessThan(2e-5);
    assertThat(AffineLaw.of(solver, wrong, 2, grid).distance(noisedData(floor)))
        .as("power: all of the noise in place of what is missing")
        .isGreaterThan(5e-3);
  }

  private static double[] scaled(double[] z, double factor) {
    double[] out = z.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] *= factor;
    }
    return out;
  }

  @Test
  void the_levels_are_those_of_one_step_more_without_the_last() {
    Consistency solver = new Consistency();
    assertThat(solver.grid(1, 0.002, 80).times()).containsExactly(80, 0);
    double middle =
        StrictMath.pow((StrictMath.pow(80, 1.0 / 7) + StrictMath.pow(0.002, 1.0 / 7)) / 2, 7);
    double[] two = solver.grid(2, 0.002, 80).times();
    assertThat(two).hasSize(3).startsWith(80.0).endsWith(0.0);
    assertThat(two[1]).isCloseTo(middle, within(1e-12));
    assertThat(solver.noises(solver.grid(2, 0.002, 80), 0)).isOne();
    assertThat(solver.noises(solver.grid(2, 0.002, 80), 1)).isZero();
  }

  /** f that follows the teacher's own Heun steps to the floor, along an axis: g_{k+1} · Heun's gain, from below. */
  private static Denoiser discrete(TimeGrid grid) {
    return linear(
        (lambda, sigma) -> {
          double gain = 1;
          for (int k = grid.steps() - 2; k >= 0 && grid.time(k + 1) < sigma; k--) {
            double s = grid.time(k);
            double t = grid.time(k + 1);
            DoubleUnaryOperator slope = level -> level / (lambda + level * level); // (1 - D')/σ
            double euler = 1 + (t - s) * slope.applyAsDouble(s);
            gain *= 1 + (t - s) / 2 * (slope.applyAsDouble(s) + slope.applyAsDouble(t) * euler);
          }
          return gain;
        });
  }

  private static double loss(ConsistencyDistillation recipe, Denoiser teacher, Denoiser student) {
    return recipe.loss(teacher, student, student, clean(), Seed.of(3).child("loss"));
  }

  private static double[] clean() {
    double[] z = new double[400];
    Seed.of(3).child("clean").random().fillGaussian(z, 0, z.length);
    return z;
  }

  private static ConsistencyDistillation squared(int levels) {
    return new ConsistencyDistillation(
        levels, 7, FLOOR, 80, ConsistencyDistillation.Metric.SQUARED);
  }

  @Test
  void the_function_that_follows_the_teachers_steps_has_no_loss_and_no_other_has() {
    ConsistencyDistillation recipe = squared(18);
    Denoiser best = discrete(recipe.grid());
    assertThat(loss(recipe, NormalCase.denoiser(), best)).isLessThan(1e-20);
    assertThat(loss(recipe, NormalCase.denoiser(), off(0.01))).isGreaterThan(1e-7);
    Denoiser wrong = linear((lambda, sigma) -> 1.01 * lambda / (lambda + sigma * sigma));
    assertThat(loss(recipe, wrong, best)).as("power: another teacher").isGreaterThan(1e-7);
    assertThat(loss(recipe, NormalCase.denoiser(), NormalCase.denoiser()))
        .as("power: a denoiser is no consistency function")
        .isGreaterThan(1e-3);
  }

  @Test
  void the_exact_function_is_the_limit_of_many_levels_and_near_it_the_loss_is_least() {
    double coarse = loss(squared(40), NormalCase.denoiser(), exact(FLOOR));
    double fine = loss(squared(160), NormalCase.denoiser(), exact(FLOOR));
    double order = StrictMath.log(coarse / fine) / StrictMath.log(4);
    assertThat(order).as("squares of local errors of order 3").isBetween(5.5, 6.5);
    for (double share : new double[] {-0.01, 0.01}) {
      ConsistencyDistillation recipe = squared(160);
      double target =
          recipe.loss(NormalCase.denoiser(), off(share), exact(FLOOR), clean(), Seed.of(4));
      assertThat(target).isGreaterThan(100 * fine);
      assertThat(loss(recipe, NormalCase.denoiser(), off(share))).isGreaterThan(1.5 * fine);
    }
  }

  @Test
  void the_metrics_are_a_square_and_a_square_near_zero_that_becomes_a_norm() {
    assertThat(ConsistencyDistillation.Metric.SQUARED.of(9)).isEqualTo(9);
    ConsistencyDistillation.Metric huber = ConsistencyDistillation.Metric.PSEUDO_HUBER;
    double c = 0.00054;
    // the paper's, of rows of 784 numbers at distance 3, over √784
    double whole = Math.sqrt(9 + 784 * c * c) - Math.sqrt(784) * c;
    assertThat(huber.of(9.0 / 784)).isCloseTo(whole / Math.sqrt(784), within(1e-15));
    assertThat(huber.of(1e-14)).isCloseTo(1e-14 / (2 * c), within(1e-18));
  }
}
