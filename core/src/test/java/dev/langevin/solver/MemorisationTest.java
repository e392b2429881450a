package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.EmpiricalDenoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reverse process makes of the exact denoiser of its own training data: the training data. Whole runs, from pure noise. */
class MemorisationTest {
  private static final int D = 8;
  private static final int N = 40;
  private static final int ROWS = 300;
  private static final double SPREAD = 0.5;
  private static final double[] DATA = data();

  private static double[] data() {
    double[] data = new double[N * D];
    Seed.of(51).random().fillGaussian(data, 0, data.length);
    for (int i = 0; i < data.length; i++) {
      data[i] *= SPREAD;
    }
    return data;
  }

  /** One that has not memorised: each row is a normal law of this width. */
  private static Denoiser blurred(double sd) {
    double[][] means = new double[N][];
    double[] weights = new double[N];
    double[] sds = new double[N];
    for (int i = 0; i < N; i++) {
      means[i] = Arrays.copyOfRange(DATA, i * D, (i + 1) * D);
      weights[i] = 1;
      sds[i] = sd;
    }
    return new GaussianMixtureDenoiser(GaussianMixture.isotropic(weights, means, sds));
  }

  private static int nearest(double[] rows, int r) {
    int best = 0;
    for (int i = 1; i < N; i++) {
      best = square(rows, r, i) < square(rows, r, best) ? i : best;
    }
    return best;
  }

  /** The squared distance of a row from a row of the data. */
  private static double square(double[] rows, int r, int i) {
    double sum = 0;
    for (int j = 0; j < D; j++) {
      double off = rows[r * D + j] - DATA[i * D + j];
      sum += off * off;
    }
    return sum;
  }

  private static double farthest(double[] rows) {
    double worst = 0;
    for (int r = 0; r < ROWS; r++) {
      worst = Math.max(worst, Math.sqrt(square(rows, r, nearest(rows, r))));
    }
    return worst;
  }

  static List<Solver> solvers() {
    return List.of(new Heun(), new Ddim(0), new ExponentialIntegrator());
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void every_row_that_is_generated_is_a_row_of_the_data(Solver solver) {
    Generation generation = new Generation(solver, 60, 0.005, 30);
    double[] rows =
        generation.sample(new EmpiricalDenoiser(DATA, D), ROWS, 64, Seed.of(52), StepListener.NONE);
    assertThat(farthest(rows)).isLessThan(1e-12);
    boolean[] met = new boolean[N];
    for (int r = 0; r < ROWS; r++) {
      met[nearest(rows, r)] = true;
    }
    int kinds = 0;
    for (boolean one : met) {
      kinds += one ? 1 : 0;
    }
    assertThat(kinds).isGreaterThan(N - 10); // 300 fair draws of 40 miss 0.02 of them
    double[] fresh = generation.sample(blurred(0.05), ROWS, 64, Seed.of(52), StepListener.NONE);
    assertThat(farthest(fresh)).as("the twin that has not memorised").isGreaterThan(0.1);
  }

  /** What is left of noise where a run ends at level σ: Σ|x - x_i|²/σ² over all rows, less its mean n d, in standard deviations √(2 n d) of a chi square. */
  private static double surplus(Solver solver, Denoiser denoiser, double sigma, double claimed) {
    double[] levels = TimeGrid.exponential(240, sigma, 30).times();
    TimeGrid grid = new TimeGrid(Arrays.copyOf(levels, 240)).onClockOf(solver.noising());
    Solver.Worker worker = solver.on(denoiser, grid, ROWS);
    AddressedRandom random = Seed.of(53).random();
    double[] x = new double[ROWS * D];
    double[] z = new double[x.length];
    random.fillGaussian(x, 0, x.length);
    double start = solver.startingScale(grid.time(0));
    for (int i = 0; i < x.length; i++) {
      x[i] *= start;
    }
    for (int k = 0; k < grid.steps(); k++) {
      random.fillGaussian(z, 0, z.length);
      worker.step(k, x, ROWS, z);
    }
    double signal = solver.noising().signal(grid.time(grid.steps()));
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      x[i] /= signal;
    }
    for (int r = 0; r < ROWS; r++) {
      sum += square(x, r, nearest(x, r)) / claimed / claimed;
    }
    double mean = (double) ROWS * D;
    return (sum - mean) / Math.sqrt(2 * mean);
  }

  /** Early stopping is a row of the data plus σ times normal noise: no less memorised. Beyond 4.9 with probability 10⁻⁶; a level that is 10 % off is 8 or more away. */
  @Test
  void stopped_early_it_is_a_row_of_the_data_plus_noise_of_that_level() {
    Denoiser empirical = new EmpiricalDenoiser(DATA, D);
    for (Solver solver : List.of(new Heun(), new ExponentialIntegrator())) {
      for (double sigma : new double[] {0.02, 0.08}) {
        String which = String.format(Locale.ROOT, "%s at %.2f", solver.name(), sigma);
        assertThat(Math.abs(surplus(solver, empirical, sigma, sigma))).as(which).isLessThan(4.9);
        assertThat(surplus(solver, empirical, sigma, 0.9 * sigma)).as(which).isGreaterThan(4.9);
        assertThat(surplus(solver, blurred(sigma), sigma, sigma)).as(which).isGreaterThan(4.9);
      }
    }
  }
}
