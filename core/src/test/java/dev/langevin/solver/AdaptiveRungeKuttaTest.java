package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

class AdaptiveRungeKuttaTest {
  private static final TimeGrid GRID = new TimeGrid(new double[] {80, 0.01});

  private static Denoiser mixture() {
    return new GaussianMixtureDenoiser(
        GaussianMixture.isotropic(
            new double[] {0.3, 0.7}, new double[][] {{-2, 1}, {1.5, 0}}, new double[] {0.3, 0.6}));
  }

  private static double[] run(Solver solver, Denoiser denoiser, TimeGrid grid, double... start) {
    double[] x = start.clone();
    Solver.Worker worker = solver.on(denoiser, grid, start.length / denoiser.dimension());
    for (int k = 0; k < grid.steps(); k++) {
      worker.step(k, x, start.length / denoiser.dimension(), new double[0]);
    }
    return x;
  }

  /** Normal data: x - m grows like √(λ + σ²). Measured: errors of 0.04 to 0.56 times the tolerance. */
  @Test
  void on_normal_data_the_path_is_the_closed_form_to_the_tolerance() {
    double[] start = {60, -110};
    for (double tolerance : new double[] {1e-3, 1e-5, 1e-7, 1e-9, 1e-11}) {
      double[] end = run(new AdaptiveRungeKutta(0, tolerance), NormalCase.denoiser(), GRID, start);
      double[] exact = exactPath(start);
      assertThat(end).containsExactly(exact, within(tolerance));
    }
  }

  private static double[] exactPath(double[] start) {
    AffineLaw at0 = NormalCase.exactOde(GRID);
    double[] rotated = {0.8 * start[0] + 0.6 * start[1], -0.6 * start[0] + 0.8 * start[1]};
    double[] out = new double[2];
    double[] g = new double[2];
    for (int i = 0; i < 2; i++) {
      double lambda = NormalCase.LAMBDA[i];
      g[i] = Math.sqrt((lambda + 0.0001) / (lambda + 6400)) * rotated[i];
    }
    out[0] = at0.mean()[0] + 0.8 * g[0] - 0.6 * g[1];
    out[1] = at0.mean()[1] + 0.6 * g[0] + 0.8 * g[1];
    return out;
  }

  /** y' = y cos t, exactly e^{sin t}: the fixed-step error falls as h⁵ when the tolerance is out of the way. */
  @Test
  void the_pair_is_of_order_five() {
    double[] error = new double[2];
    for (int i = 0; i < 2; i++) {
      int steps = 20 << i;
      DormandPrince pair = new DormandPrince(1, 0, 1e3, 2);
      double[] y = {1};
      for (int k = 0; k < steps; k++) {
        pair.integrate(
            (t, v, out) -> out[0] = v[0] * StrictMath.cos(t),
            3.0 * k / steps,
            3.0 * (k + 1) / steps,
            y);
      }
      error[i] = Math.abs(y[0] - StrictMath.exp(StrictMath.sin(3)));
    }
    assertThat(StrictMath.log(error[0] / error[1]) / StrictMath.log(2)).isBetween(4.8, 5.6);
  }

  /** The work grows as tolerance^{-1/5}: five digits more cost a factor of ten. */
  @Test
  void a_smaller_tolerance_costs_as_a_fifth_order_method_should() {
    double coarse = evaluations(1e-5);
    double fine = evaluations(1e-10);
    assertThat(fine / coarse).isBetween(5.0, 12.0);
  }

  private static long evaluations(double tolerance) {
    DormandPrince pair = new DormandPrince(1, 0, tolerance, 100_000);
    double[] y = {1};
    pair.integrate((t, v, out) -> out[0] = v[0] * StrictMath.cos(t), 0, 20, y);
    assertThat(y[0]).isCloseTo(StrictMath.exp(StrictMath.sin(20)), within(100 * tolerance));
    return pair.evaluations();
  }

  @Test
  void time_may_run_either_way_and_a_round_trip_comes_back() {
    Denoiser denoiser = mixture();
    double[] d = new double[2];
    DormandPrince.Slope slope =
        (s, y, out) -> {
          denoiser.denoise(y, 1, s, d);
          out[0] = (y[0] - d[0]) / s;
          out[1] = (y[1] - d[1]) / s;
        };
    DormandPrince pair = new DormandPrince(2, 0, 1e-10, 100_000);
    double[] y = {0.4, -0.3};
    pair.integrate(slope, 0.05, 40, y);
    pair.integrate(slope, 40, 0.05, y);
    assertThat(y).containsExactly(new double[] {0.4, -0.3}, within(1e-8));
  }

  /** Heun with 20,000 steps knows no tolerance. */
  @Test
  void on_a_mixture_it_agrees_with_a_very_fine_heun() {
    double[] start = {35, -70, -100, 20, 3, 5};
    TimeGrid levels = TimeGrid.karras(20_000, 0.01, 80, 7);
    double[] fine = run(new Heun(), mixture(), levels, start);
    TimeGrid two = new TimeGrid(new double[] {80, 0.01, 0});
    assertThat(run(new AdaptiveRungeKutta(0, 1e-8), mixture(), two, start))
        .containsExactly(fine, within(3e-6));
    assertThat(run(new AdaptiveRungeKutta(1e-8, 1e-12), mixture(), two, start))
        .containsExactly(fine, within(3e-6));
    // power: at a loose tolerance the difference is seen
    double[] loose = run(new AdaptiveRungeKutta(0, 1e-2), mixture(), two, start);
    double worst = 0;
    for (int i = 0; i < 6; i++) {
      worst = Math.max(worst, Math.abs(loose[i] - fine[i]));
    }
    assertThat(worst).isGreaterThan(3e-5);
  }

  @Test
  void both_tolerances_matter() {
    double[] start = {35, -70};
    double[] plain = run(new AdaptiveRungeKutta(1e-5, 1e-5), mixture(), GRID, start);
    assertThat(run(new AdaptiveRungeKutta(1e-4, 1e-5), mixture(), GRID, start)).isNotEqualTo(plain);
    assertThat(run(new AdaptiveRungeKutta(1e-5, 1e-6), mixture(), GRID, start)).isNotEqualTo(plain);
    assertThatThrownBy(() -> new AdaptiveRungeKutta(-1, 1))
        .hasMessageContaining("relativeTolerance");
    assertThatThrownBy(() -> new AdaptiveRungeKutta(1, 0))
        .hasMessageContaining("absoluteTolerance");
  }

  @Test
  void a_broken_denoiser_is_named_with_its_row() {
    Denoiser exact = mixture();
    Denoiser breaking =
        new Denoiser() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public void denoise(double[] y, int rows, double sigma, double[] out) {
            exact.denoise(y, rows, sigma, out);
            if (sigma < 0.1 && y[0] < 0) {
              out[1] = Double.NaN;
            }
          }
        };
    Generation recipe = Generation.of(new AdaptiveRungeKutta());
    int first = 0;
    while (finishes(recipe, breaking, first)) {
      first++;
    }
    assertThat(first).isPositive();
    BrokenDenoiser broken =
        catchThrowableOfType(
            BrokenDenoiser.class,
            () -> recipe.sample(breaking, 10, 10, Seed.of(7), StepListener.NONE));
    assertThat(broken.row()).isEqualTo(first);
  }

  private static boolean finishes(Generation recipe, Denoiser denoiser, int row) {
    try {
      recipe.sample(denoiser, row, 1, 1, Seed.of(7), StepListener.NONE);
      return true;
    } catch (BrokenDenoiser broken) {
      return false;
    }
  }

  @Test
  void what_cannot_be_integrated_is_said() {
    DormandPrince pair = new DormandPrince(1, 0, 1e-6, 500);
    assertThatThrownBy(
            () -> pair.integrate((t, y, out) -> out[0] = y[0] * y[0], 0, 2, new double[] {1}))
        .isInstanceOf(ArithmeticException.class); // 1/(1 - t)
    DormandPrince brief = new DormandPrince(1, 0, 1e-12, 3);
    assertThatThrownBy(
            () ->
                brief.integrate((t, y, out) -> out[0] = StrictMath.sin(t), 0, 20, new double[] {1}))
        .hasMessageStartingWith("more than 3 steps needed; at time ");
  }
}
