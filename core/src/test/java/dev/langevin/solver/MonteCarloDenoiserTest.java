package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.ParallelDenoiser;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimates against exact denoisers, in units of the errors that they state themselves. */
class MonteCarloDenoiserTest {
  private static final Seed SEED = Seed.of(41);
  private static final int ROWS = 800;

  /** A full normal law and a mixture of unlike widths, both off the origin. */
  private static GaussianMixture law(String name, int d) {
    double[][] means = new double[2][d];
    double[][] full = new double[d][d];
    for (int j = 0; j < d; j++) {
      means[0][j] = 0.5 - 0.3 * j;
      means[1][j] = -1 + 0.4 * j;
      full[j][j] = 1 + 0.2 * j;
      if (j > 0) {
        full[j][j - 1] = 0.4;
        full[j - 1][j] = 0.4;
      }
    }
    return name.equals("normal")
        ? GaussianMixture.of(new double[] {1}, new double[][] {means[0]}, new double[][][] {full})
        : GaussianMixture.isotropic(new double[] {0.3, 0.7}, means, new double[] {0.7, 1.1});
  }

  private static double scale(GaussianMixture law) {
    double sum = 0;
    for (int j = 0; j < law.dimension(); j++) {
      sum += law.covariance()[j][j] + law.mean()[j] * law.mean()[j];
    }
    return Math.sqrt(sum / law.dimension());
  }

  /** Points of the law under noise. */
  private static double[] points(GaussianMixture law, int rows, double sigma) {
    int d = law.dimension();
    double[] y = new double[rows * d];
    double[] x = new double[d];
    AddressedRandom random = SEED.child("points").random();
    for (int r = 0; r < rows; r++) {
      law.sample(random, x);
      for (int j = 0; j < d; j++) {
        y[r * d + j] = x[j] + sigma * random.nextGaussian();
      }
    }
    return y;
  }

  /** What stands between estimates and truth, in stated errors: the mean times √rows, the mean square, and the share within two errors. */
  private record Account(double bias, double square, double covered) {
    static Account of(
        MonteCarloDenoiser denoiser, Denoiser exact, double[] y, int rows, double sigma) {
      int d = denoiser.dimension();
      double[] found = new double[rows * d];
      double[] errors = new double[rows * d];
      double[] expected = new double[rows * d];
      denoiser.estimate(y, rows, sigma, found, errors, new double[rows]);
      exact.denoise(y, rows, sigma, expected);
      double sum = 0;
      double square = 0;
      double covered = 0;
      for (int r = 0; r < rows; r++) {
        int i = r * d + r % d; // one coordinate of each row: those of one row are not independent
        double z = (found[i] - expected[i]) / errors[i];
        sum += z / Math.sqrt(rows);
        square += z * z / rows;
        covered += Math.abs(z) < 2 ? 1.0 / rows : 0;
      }
      return new Account(sum, square, covered);
    }
  }

  /**
   * {@link #ROWS} estimates with errors of their own. The mean in units of its error is normal: 4.9 with probability 10⁻⁶. The mean square has a standard deviation of √(2/800) = 0.05, or somewhat more since
   * the stated errors vary: 0.25 is five of them. The bias, of order 1/n, is some twentieth of an error at n = 500, which √800 makes one.
   */
  @ParameterizedTest
  @CsvSource({
    "normal, 1, 0.3",
    "normal, 2, 1.5",
    "normal, 4, 4",
    "mixture, 1, 0.5",
    "mixture, 2, 1",
    "mixture, 3, 2.5",
    "mixture, 2, 20"
  })
  void the_exact_denoiser_lies_within_the_stated_error(String name, int d, double sigma) {
    GaussianMixture law = law(name, d);
    double[] y = points(law, ROWS, sigma);
    Denoiser exact = new GaussianMixtureDenoiser(law);
    Account right = Account.of(on(law, 500, law), exact, y, ROWS, sigma);
    assertThat(Math.abs(right.bias)).isLessThan(4.9);
    assertThat(right.square).isBetween(0.75, 1.25);
    // the broken twin: another width, or other weights
    GaussianMixture wrong =
        name.equals("normal") ? law.noised(1.2, 0) : law.reweighted(new double[] {0.18, 0.82});
    Account twin = Account.of(on(wrong, 500, law), exact, y, ROWS, sigma);
    assertThat(Math.max(Math.abs(twin.bias) / 4.9, twin.square / 1.25)).isGreaterThan(1.5);
  }

  private static MonteCarloDenoiser on(Density density, int samples, GaussianMixture law) {
    return new MonteCarloDenoiser(new ImportanceSampling(samples), scale(law), density, SEED);
  }

  /**
   * With few effective samples the stated error is itself a guess, and must not become small: the truth lies within two of them in 78 to 94 % of the rows, a share
   * that 800 rows tell to 1.5 %.
   */
  @ParameterizedTest
  @CsvSource({"2, 100", "6, 100", "12, 100", "12, 20"})
  void few_effective_samples_make_a_large_error_and_no_false_certainty(int d, int samples) {
    GaussianMixture law = law("mixture", d);
    double[] y = points(law, ROWS, 3);
    Denoiser exact = new GaussianMixtureDenoiser(law);
    assertThat(Account.of(on(law, samples, law), exact, y, ROWS, 3).covered).isGreaterThan(0.7);
  }

  private static WeightedPoints weighted(double[] weights, double[] at) {
    WeightedPoints points = new WeightedPoints(weights.length, 1);
    points.level();
    for (int i = 0; i < weights.length; i++) {
      points.point(i)[0] = at[i];
      points.reweigh(i, StrictMath.log(weights[i]));
    }
    assertThat(points.normalise()).isTrue();
    return points;
  }

  private static double mean(double[] weights, double[] at, int without) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      if (i != without) {
        total += weights[i];
        sum += weights[i] * at[i];
      }
    }
    return sum / total;
  }

  @Test
  void the_stated_error_is_what_leaving_out_each_sample_does() {
    double[] at = {0.3, -1, 2, 0.7};
    for (double first :
        new double[] {0.1, 0.6, 1, 30}) { // without and with a point that weighs most
      double[] weights = {first, 0.4, 0.2, 0.3};
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        sum += Math.pow(mean(weights, at, i) - mean(weights, at, -1), 2);
      }
      double found = weighted(weights, at).meanError();
      assertThat(found).isCloseTo(Math.sqrt(sum), within(1e-14));
    }
  }

  @Test
  void one_sample_with_nearly_all_of_the_weight_knows_no_more_than_the_gap_to_the_next() {
    double[] at = {1, 4, 4};
    for (double small : new double[] {1e-3, 1e-13, 1e-100}) {
      double found = weighted(new double[] {1, small, small}, at).meanError();
      assertThat(found).isCloseTo(3, within(0.02));
      double linearised = small * Math.sqrt(4 + 2) * 3;
      assertThat(linearised).isLessThan(0.01); // the broken twin
    }
    assertThat(weighted(new double[] {1, 0, 0}, at).meanError()).isInfinite();
  }

  @Test
  void on_the_normal_law_of_its_scale_all_samples_count() {
    GaussianMixture unit =
        GaussianMixture.isotropic(new double[] {1}, new double[1][3], new double[] {1.3});
    MonteCarloDenoiser denoiser =
        new MonteCarloDenoiser(new ImportanceSampling(10_000), 1.3, unit, SEED);
    double[] effective = new double[1];
    double[] errors = new double[3];
    double[] found = new double[3];
    denoiser.estimate(new double[] {1, -2, 0.5}, 1, 0.7, found, errors, effective);
    assertThat(effective[0]).isCloseTo(10_000, within(1e-6));
    double sd = 1.3 * 0.7 / Math.hypot(1.3, 0.7);
    for (int j = 0; j < 3; j++) { // a standard deviation of 10,000 numbers is known to 0.7 %
      assertThat(errors[j] / (sd / 100)).isCloseTo(1, within(0.035));
    }
    assertThat(denoiser.evaluations()).isEqualTo(10_000);
  }

  private static double[] denoise(Denoiser denoiser, double[] y, double sigma) {
    double[] out = new double[y.length];
    denoiser.denoise(y, y.length / denoiser.dimension(), sigma, out);
    return out;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_row_gets_the_same_bytes_in_any_batch_and_on_any_thread(boolean particles) {
    GaussianMixture law = law("mixture", 2);
    InnerSampling inner =
        particles ? new InnerParticles(20, 2, 3, 0.5) : new ImportanceSampling(50);
    MonteCarloDenoiser denoiser = new MonteCarloDenoiser(inner, 2, law, SEED);
    double[] y = points(law, 40, 0.8);
    double[] together = denoise(denoiser, y, 0.8);
    for (int r : new int[] {7, 39, 0}) {
      double[] alone = denoise(denoiser, Arrays.copyOfRange(y, 2 * r, 2 * r + 2), 0.8);
      assertThat(alone).isEqualTo(Arrays.copyOfRange(together, 2 * r, 2 * r + 2));
    }
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      Denoiser parallel = new ParallelDenoiser(denoiser::fork, 3, 1, executor);
      assertThat(denoise(parallel, y, 0.8)).isEqualTo(together);
    } finally {
      executor.shutdown();
    }
    double[] found = new double[80];
    denoiser.estimate(y, 40, 0.8, found, new double[80], new double[40]);
    assertThat(found).isEqualTo(together);
  }

  /** The solver's own inner sampling, given the row's random numbers, says the same. */
  @Test
  void the_estimate_is_that_of_reverse_diffusion_monte_carlo() {
    GaussianMixture law = law("mixture", 2);
    MonteCarloDenoiser denoiser = on(law, 60, law);
    double[] y = {0.4, -0.9};
    InnerSampling.Worker worker = new ImportanceSampling(60).on(law, scale(law));
    assertThat(worker.level(y, 0.8, denoiser.address(y, 0.8).random())).isTrue();
    double[] mean = new double[2];
    worker.mean(mean);
    assertThat(denoise(denoiser, y, 0.8)).isEqualTo(mean);
  }

  /** Rows, levels and seeds that differ have unlike addresses; the sign of zero makes no difference. */
  @Test
  void unlike_rows_and_levels_have_errors_of_their_own() {
    GaussianMixture law = law("normal", 2);
    MonteCarloDenoiser denoiser = on(law, 60, law);
    MonteCarloDenoiser other =
        new MonteCarloDenoiser(new ImportanceSampling(60), scale(law), law, Seed.of(42));
    double[][] rows = {{1, 2}, {2, 1}, {1, Math.nextUp(2.0)}, {0, 0}, {-1, 2}, {1, -2}};
    Seed[] addresses = new Seed[rows.length + 2];
    for (int i = 0; i < rows.length; i++) {
      addresses[i] = denoiser.address(rows[i], 0.8);
    }
    addresses[rows.length] = denoiser.address(rows[0], 0.9);
    addresses[rows.length + 1] = other.address(rows[0], 0.8);
    assertThat(addresses).doesNotHaveDuplicates();
    assertThat(denoiser.address(new double[] {-0.0, 0}, 0.8)).isEqualTo(addresses[3]);
  }

  /** The whole way: a solver that knows nothing of where its denoiser comes from. */
  @Test
  void a_solver_takes_it_as_any_other() {
    GaussianMixture law = law("mixture", 2);
    MonteCarloDenoiser denoiser = on(law, 400, law);
    Generation generation = new Generation(new Ddim(0), 12, 0.1, 10);
    double[] rough = generation.sample(denoiser, 30, 30, SEED, StepListener.NONE);
    double[] exact =
        generation.sample(new GaussianMixtureDenoiser(law), 30, 30, SEED, StepListener.NONE);
    assertThat(generation.sample(denoiser, 30, 7, SEED, StepListener.NONE)).isEqualTo(rough);
    double square = 0;
    for (int i = 0; i < 60; i++) {
      square += (rough[i] - exact[i]) * (rough[i] - exact[i]) / 60;
    }
    assertThat(Math.sqrt(square)).isBetween(1e-3, 0.3); // a spread of 1.5, 1/√400 of it a step
  }

  @Test
  void where_no_sample_has_a_density_there_is_no_estimate() {
    Density nothing =
        new Density() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public double logDensity(double[] x, double[] gradient) {
            return x[0] > -50 ? Double.NEGATIVE_INFINITY : 0;
          }
        };
    MonteCarloDenoiser denoiser =
        new MonteCarloDenoiser(new ImportanceSampling(9), 1, nothing, SEED);
    double[] found = new double[4];
    double[] errors = new double[4];
    double[] effective = new double[2];
    denoiser.estimate(new double[] {1, 1, -200, 0}, 2, 0.5, found, errors, effective);
    assertThat(found).startsWith(Double.NaN, Double.NaN);
    assertThat(errors).startsWith(Double.NaN, Double.NaN);
    assertThat(found[2]).isLessThan(-50);
    assertThat(effective[0]).isZero();
    assertThat(effective[1]).isGreaterThan(1);
    assertThatThrownBy(() -> new MonteCarloDenoiser(new ImportanceSampling(9), 0, nothing, SEED))
        .hasMessageContaining("scale must be positive");
    assertThatThrownBy(() -> denoiser.denoise(new double[2], 1, 0, new double[2]))
        .hasMessageContaining("sigma must be positive");
  }
}
