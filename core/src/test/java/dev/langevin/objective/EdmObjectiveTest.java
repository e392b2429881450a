package dev.langevin.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EdmObjectiveTest {
  private static final double[] SIGMAS = {1e-8, 0.002, 0.3, 0.5, 1, 80, 1e4};
  private static final double[] MEAN = {0.4, -0.2};
  private static final double[][] COVARIANCE = {{0.5, 0.2}, {0.2, 0.3}};
  private static final double[] EIGENVALUES = {0.4 + Math.sqrt(0.05), 0.4 - Math.sqrt(0.05)};

  static List<EdmObjective> objectives() {
    return List.of(new EdmObjective(), new EdmObjective(-0.4, 1, 2));
  }

  @Test
  void the_defaults_are_those_of_the_paper() {
    assertThat(new EdmObjective()).isEqualTo(new EdmObjective(-1.2, 1.2, 0.5));
    EdmObjective edm = new EdmObjective();
    // by hand at σ = 0.5 = σ_data and at σ = 1
    assertThat(edm.cSkip(0.5)).isCloseTo(0.5, within(1e-15));
    assertThat(edm.cOut(0.5)).isCloseTo(0.5 * Math.sqrt(0.5), within(1e-15));
    assertThat(edm.cIn(0.5)).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(edm.cNoise(0.5)).isCloseTo(-0.25 * Math.log(2), within(1e-15));
    assertThat(edm.weight(0.5)).isCloseTo(8, within(1e-14));
    assertThat(edm.weight(1)).isCloseTo(1.25 / 0.25, within(1e-14));
  }

  /** Data of mean 0 and standard deviation σ_data: input c_in·y and target (x₀ - c_skip y)/c_out have variance 1 and are uncorrelated. */
  @ParameterizedTest
  @MethodSource("objectives")
  void inputs_and_targets_have_unit_variance(EdmObjective edm) {
    double sd = edm.sigmaData();
    for (double sigma : SIGMAS) {
      // linear in (x₀, z) = (sd·e₁, e₂), y = x₀ + σz: the coefficients give the variances exactly
      double input1 = edm.cIn(sigma) * sd;
      double input2 = edm.cIn(sigma) * sigma;
      double target1 = edm.target(sd, sd, sigma);
      double target2 = edm.target(0, sigma, sigma);
      assertThat(input1 * input1 + input2 * input2).isCloseTo(1, within(1e-14));
      assertThat(target1 * target1 + target2 * target2)
          .isCloseTo(1, within(1e-7)); // x₀ - c_skip y cancels at 1e-8
      assertThat(input1 * target1 + input2 * target2).isCloseTo(0, within(1e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void the_weight_makes_the_loss_the_networks_square_error(EdmObjective edm) {
    for (double sigma : SIGMAS) {
      double out = edm.cOut(sigma);
      assertThat(edm.weight(sigma) * out * out).isCloseTo(1, within(1e-14));
      double sd = edm.sigmaData();
      double table = (sigma * sigma + sd * sd) / (sigma * sd * sigma * sd);
      assertThat(edm.weight(sigma) / table).isCloseTo(1, within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void denoised_inverts_target(EdmObjective edm) {
    for (double sigma : SIGMAS) {
      double target = edm.target(0.7, 0.7 - 1.3 * sigma, sigma);
      assertThat(edm.denoised(target, 0.7 - 1.3 * sigma, sigma)).isCloseTo(0.7, within(1e-12));
    }
  }

  /**
   * The loss of the exact denoiser of normal data is λ(σ) Σ_i λ_i σ²/(λ_i + σ²)/d at each level; its expectation is computed from the
   * denoiser by its columns (D is affine, x₀ and z are normal), and averaged over 4096 levels of the objective.
   */
  @ParameterizedTest
  @MethodSource("objectives")
  void the_exact_denoiser_attains_the_closed_form_floor(EdmObjective edm) {
    double[] levels = new double[4096];
    edm.levels(Seed.of(1).random(), levels);
    Denoiser exact = new GaussianDenoiser(MEAN, COVARIANCE);
    double loss = 0;
    double floor = 0;
    double twin = 0;
    for (double sigma : levels) {
      loss += edm.weight(sigma) * squareError(exact, sigma, 1) / levels.length;
      twin += edm.weight(sigma) * squareError(exact, sigma, 1.01) / levels.length;
      for (double lambda : EIGENVALUES) {
        floor += edm.weight(sigma) * lambda / (lambda / (sigma * sigma) + 1) / 2 / levels.length;
      }
    }
    assertThat(loss / floor).isCloseTo(1, within(1e-10));
    assertThat(twin / floor).as("1 %% too large").isGreaterThan(1 + 1e-4);
  }

  /** E‖f D(x₀ + σz) - x₀‖²/d, exactly: the offset and the columns of the affine map (e₁, e₂, z) → f D - x₀. */
  private static double squareError(Denoiser denoiser, double sigma, double f) {
    double l11 = Math.sqrt(COVARIANCE[0][0]);
    double l21 = COVARIANCE[1][0] / l11;
    double l22 = Math.sqrt(COVARIANCE[1][1] - l21 * l21);
    double[][] clean = {{0, 0}, {l11, l21}, {0, l22}, {0, 0}, {0, 0}};
    double[][] noise = {{0, 0}, {0, 0}, {0, 0}, {sigma, 0}, {0, sigma}};
    double[] y = new double[10];
    for (int r = 0; r < 5; r++) {
      for (int j = 0; j < 2; j++) {
        y[2 * r + j] = MEAN[j] + clean[r][j] + noise[r][j];
      }
    }
    double[] d = new double[10];
    denoiser.denoise(y, 5, sigma, d);
    double sum = 0;
    for (int j = 0; j < 2; j++) {
      double offset = f * d[j] - MEAN[j];
      sum += offset * offset;
      for (int r = 1; r < 5; r++) {
        double column = f * (d[2 * r + j] - d[j]) - clean[r][j];
        sum += column * column;
      }
    }
    return sum / 2;
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void a_batch_has_one_level_in_every_stratum(EdmObjective edm) {
    NormalDistribution law = NormalDistribution.of(edm.logSigmaMean(), edm.logSigmaSd());
    RandomGenerator random = Seed.of(9).random();
    for (int n : new int[] {1, 2, 17, 256}) {
      double[] levels = new double[n];
      edm.levels(random, levels);
      double[] p =
          Arrays.stream(levels).map(s -> law.cumulativeProbability(Math.log(s))).sorted().toArray();
      for (int i = 1; i < n; i++) {
        assertThat(p[i] - p[i - 1]).isCloseTo(1.0 / n, within(1e-12));
      }
      assertThat(p[0]).isBetween(0.0, 1.0 / n);
    }
  }

  /** Kolmogorov's distance of 2000 first and of 2000 last levels of batches; DKW at 10⁻⁶: 0.0602. */
  @ParameterizedTest
  @MethodSource("objectives")
  void each_place_in_the_batch_has_the_whole_law(EdmObjective edm) {
    RandomGenerator random = Seed.of(10).random();
    double[] levels = new double[8];
    double[][] place = new double[2][2000];
    for (int i = 0; i < 2000; i++) {
      edm.levels(random, levels);
      place[0][i] = levels[0];
      place[1][i] = levels[7];
    }
    double bound = Math.sqrt(Math.log(2 / 1e-6) / 4000);
    assertThat(kolmogorov(place[0], edm.logSigmaMean(), edm.logSigmaSd())).isLessThan(bound);
    assertThat(kolmogorov(place[1], edm.logSigmaMean(), edm.logSigmaSd())).isLessThan(bound);
    // the power: a mean off by a quarter of a standard deviation, a spread off by a third
    double off = edm.logSigmaMean() + edm.logSigmaSd() / 4;
    assertThat(kolmogorov(place[0], off, edm.logSigmaSd())).isGreaterThan(bound);
    assertThat(kolmogorov(place[0], edm.logSigmaMean(), edm.logSigmaSd() * 1.4))
        .isGreaterThan(bound);
  }

  private static double kolmogorov(double[] sample, double mean, double sd) {
    NormalDistribution law = NormalDistribution.of(mean, sd);
    double[] x = Arrays.stream(sample).map(Math::log).sorted().toArray();
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      double f = law.cumulativeProbability(x[i]);
      worst = Math.max(worst, Math.max(f - (double) i / x.length, (i + 1.0) / x.length - f));
    }
    return worst;
  }

  @Test
  void a_batch_draws_one_number_whatever_its_size() {
    RandomGenerator one = Seed.of(3).random();
    RandomGenerator other = Seed.of(3).random();
    new EdmObjective().levels(one, new double[1]);
    new EdmObjective().levels(other, new double[300]);
    assertThat(one.nextLong()).isEqualTo(other.nextLong());
  }

  @Test
  void levels_are_positive_and_finite_at_the_edge_too() {
    double[] levels = new double[5];
    new EdmObjective().levels(() -> 0L, levels); // u = 0
    assertThat(Arrays.stream(levels)).allMatch(s -> s > 1e-6 && s < 1e4);
    new EdmObjective().levels(() -> -1L, levels); // u = 1 - 2⁻⁵³
    assertThat(Arrays.stream(levels)).allMatch(s -> s > 1e-6 && s < 1e4);
  }

  @Test
  void a_normal_number_has_its_level() {
    assertThat(new EdmObjective(-1.2, 1.2, 0.5).sigma(1)).isCloseTo(1, within(1e-15));
    assertThat(new EdmObjective(0.3, 2, 0.5).sigma(-0.5)).isCloseTo(Math.exp(-0.7), within(1e-15));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new EdmObjective(Double.NaN, 1, 1))
        .hasMessage("logSigmaMean must be finite, got NaN");
    assertThatThrownBy(() -> new EdmObjective(0, 0, 1)).hasMessageContaining("logSigmaSd must be");
    assertThatThrownBy(() -> new EdmObjective(0, 1, -1)).hasMessageContaining("sigmaData must be");
  }
}
