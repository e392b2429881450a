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
import java.util.Arrays;
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

  /** y' = y cos t, exactly e^{sin t}, and logistic growth at the rate 1 + t: the fixed-step error falls as h⁵ when the tolerance is out of the way. Measured: 4.99 and 5.08. */
  @Test
  void the_pair_is_of_order_five() {
    double wave =
        measuredOrder(
            (t, y, out) -> out[0] = y[0] * StrictMath.cos(t), 1, 3, Math.exp(Math.sin(3)));
    assertThat(wave).isBetween(4.8, 5.2);
    double growth =
        measuredOrder(
            (t, y, out) -> out[0] = y[0] * (1 - y[0]) * (1 + t), 0.5, 2, 1 / (1 + Math.exp(-4)));
    assertThat(growth).isBetween(4.8, 5.2);
  }

  private static double measuredOrder(
      DormandPrince.Slope slope, double start, double end, double exact) {
    double[] error = new double[2];
    for (int i = 0; i < 2; i++) {
      int steps = 40 << i;
      DormandPrince pair = new DormandPrince(1, 0, 1e3, 2);
      double[] y = {start};
      for (int k = 0; k < steps; k++) {
        pair.integrate(slope, end * k / steps, end * (k + 1) / steps, y);
      }
      error[i] = Math.abs(y[0] - exact);
    }
    return Math.log(error[0] / error[1]) / Math.log(2);
  }

  /**
   * Butcher's conditions: for every rooted tree of up to five nodes the elementary weight is 1/γ, and for the fourth-order weights up to four nodes. One percent on any number of the
   * table breaks one of them by far more than rounding.
   */
  @Test
  void the_table_fulfils_the_order_conditions_and_no_number_of_it_may_be_otherwise() {
    double[][] table = DormandPrince.table();
    assertThat(worstCondition(table)).isLessThan(1e-14);
    int tried = 0;
    for (int s = 0; s < table.length; s++) {
      for (int j = 0; j < table[s].length; j++) {
        if (table[s][j] != 0) {
          double right = table[s][j];
          table[s][j] *= 1.01;
          assertThat(worstCondition(table)).as("row %s, number %s", s, j).isGreaterThan(1e-5);
          table[s][j] = right;
          tried++;
        }
      }
    }
    assertThat(tried).isEqualTo(6 + 20 + 6); // nodes, stages, error weights
  }

  /** {nodes, stage 0 … stage 6, error weights}. */
  private static double worstCondition(double[][] table) {
    double[] c = table[0];
    double[][] a = Arrays.copyOfRange(table, 1, 8);
    double[] last = Arrays.copyOf(a[6], 7);
    double[] lower = new double[7];
    double worst = 0;
    for (int i = 0; i < 7; i++) {
      lower[i] = last[i] - table[8][i];
      worst = Math.max(worst, Math.abs(Arrays.stream(a[i]).sum() - c[i]));
    }
    double[] one = {1, 1, 1, 1, 1, 1, 1};
    double[] c2 = times(c, c);
    double[] c3 = times(c2, c);
    double[] ac = through(a, c);
    double[] ac2 = through(a, c2);
    double[] aac = through(a, ac);
    double[][] trees = {
      one,
      c,
      c2,
      ac,
      c3,
      times(c, ac),
      ac2,
      aac,
      times(c3, c),
      times(c2, ac),
      times(ac, ac),
      times(c, ac2),
      through(a, c3),
      times(c, aac),
      through(a, times(c, ac)),
      through(a, ac2),
      through(a, aac)
    };
    double[] gamma = {1, 2, 3, 6, 4, 8, 12, 24, 5, 10, 20, 15, 20, 30, 40, 60, 120};
    for (int i = 0; i < trees.length; i++) {
      worst = Math.max(worst, Math.abs(dot(last, trees[i]) - 1 / gamma[i]));
      worst = i < 8 ? Math.max(worst, Math.abs(dot(lower, trees[i]) - 1 / gamma[i])) : worst;
    }
    return worst;
  }

  private static double[] times(double[] x, double[] y) {
    double[] out = new double[x.length];
    Arrays.setAll(out, i -> x[i] * y[i]);
    return out;
  }

  private static double[] through(double[][] a, double[] x) {
    double[] out = new double[x.length];
    Arrays.setAll(out, i -> dot(a[i], x));
    return out;
  }

  private static double dot(double[] weights, double[] x) {
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * x[j];
    }
    return sum;
  }

  /**
   * On two modes, from 80 to 0.002, 100 rows: how far the end is from that of tolerance 10⁻¹², in tolerances. The measured medians are 0.7 to 1.8; the worst rows, which pass between the modes, are off
   * by 4 to 100.
   */
  @Test
  void half_of_the_rows_end_within_three_tolerances() {
    TimeGrid grid = new TimeGrid(new double[] {80, 0.002});
    double[] start = new double[200];
    Seed.of(3).random().fillGaussian(start, 0, 200);
    for (int i = 0; i < 200; i++) {
      start[i] *= 80;
    }
    double[] fine = run(new AdaptiveRungeKutta(0, 1e-12), mixture(), grid, start);
    for (double tolerance : new double[] {1e-3, 1e-5, 1e-7, 1e-9}) {
      double[] end = run(new AdaptiveRungeKutta(tolerance, tolerance), mixture(), grid, start);
      double[] off = new double[100];
      Arrays.setAll(
          off,
          r ->
              Math.max(
                  Math.abs(end[2 * r] - fine[2 * r]), Math.abs(end[2 * r + 1] - fine[2 * r + 1])));
      Arrays.sort(off);
      assertThat(off[50] / tolerance).as("median at %s", tolerance).isBetween(0.2, 3.0);
      assertThat(off[99] / tolerance).as("worst at %s", tolerance).isLessThan(200);
    }
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
