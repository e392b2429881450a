package dev.langevin.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Score;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statistical checks: |z| below 4.9, which fails by chance once in a million. */
class LossesTest {
  private static final double[] MEAN = {0.4, -0.2};
  private static final double[][] COVARIANCE = {{0.5, 0.2}, {0.2, 0.3}};
  private static final GaussianLoss GAUSSIAN = new GaussianLoss(MEAN, COVARIANCE);
  private static final AffineMap SOME =
      new AffineMap(new double[] {-1.2, 0.3, -0.4, -2}, new double[] {0.5, 0.1});
  private static final double Z = 4.9;

  @Test
  void all_losses_of_a_score_differ_by_constants_that_are_known() {
    for (double sigma : new double[] {0.1, 0.7, 3}) {
      double explicit = GAUSSIAN.explicit(SOME, sigma);
      double scale = GAUSSIAN.conditional(SOME, sigma);
      assertThat(GAUSSIAN.implicit(SOME, sigma))
          .isCloseTo(explicit - GAUSSIAN.information(sigma), within(1e-10 * scale));
      double constant = GAUSSIAN.floor(sigma) / Math.pow(sigma, 4);
      assertThat(scale).isCloseTo(explicit + constant, within(1e-10 * scale));
      assertThat(GAUSSIAN.explicit(GAUSSIAN.score(sigma), sigma)).isZero();
      AffineMap exact = AffineMap.of(new GaussianDenoiser(MEAN, COVARIANCE), sigma);
      assertThat(GAUSSIAN.denoising(exact, sigma) / GAUSSIAN.floor(sigma))
          .isCloseTo(1, within(1e-10));
    }
  }

  /** All are quadratic in (B, e): equal slopes and curvatures along every coordinate make them one function, least at the true score. */
  @Test
  void all_losses_have_the_true_score_as_their_minimiser() {
    double sigma = 0.6;
    AffineMap truth = GAUSSIAN.score(sigma);
    for (int k = 0; k < 6; k++) {
      double above = GAUSSIAN.explicit(moved(truth, k, 0.5), sigma);
      assertThat(above).isPositive();
      for (double step : new double[] {0.5, -0.5}) {
        AffineMap other = moved(truth, k, step);
        assertThat(GAUSSIAN.implicit(other, sigma) - GAUSSIAN.implicit(truth, sigma))
            .isCloseTo(above, within(1e-10));
        assertThat(GAUSSIAN.conditional(other, sigma) - GAUSSIAN.conditional(truth, sigma))
            .isCloseTo(above, within(1e-10));
      }
    }
  }

  private static AffineMap moved(AffineMap map, int k, double step) {
    double[] matrix = map.matrix();
    double[] offset = map.offset();
    if (k < 4) {
      matrix[k] += step;
    } else {
      offset[k - 4] += step;
    }
    return new AffineMap(matrix, offset);
  }

  private static GaussianMixture mixture(double right) {
    return GaussianMixture.isotropic(
        new double[] {0.3, 0.7}, new double[][] {{-1}, {right}}, new double[] {0.6, 0.9});
  }

  private static double[] draws(GaussianMixture law, int n) {
    double[] rows = new double[n];
    double[] one = new double[1];
    AddressedRandom random = Seed.of(4).random();
    for (int i = 0; i < n; i++) {
      law.sample(random, one);
      rows[i] = one[0];
    }
    return rows;
  }

  /** ∫ g(x) p(x) dx with g = ‖s - factor ∇ log p‖² by the trapezoidal rule, which is exact here to 1e-12. */
  private static double gap(GaussianMixture student, GaussianMixture law, double factor) {
    double sum = 0;
    double[] s = new double[1];
    double[] g = new double[1];
    double h = 0.005;
    for (double x = -10; x < 12; x += h) {
      double density = Math.exp(law.logDensity(new double[] {x}, g));
      student.logDensity(new double[] {x}, s);
      sum += h * density * Math.pow(s[0] - factor * g[0], 2);
    }
    return sum;
  }

  /** ∫ s ∇ log p p dx. */
  private static double product(GaussianMixture student, GaussianMixture law) {
    return (gap(student, law, 0) - gap(student, law, 2)) / 4 + gap(law, law, 0);
  }

  @ParameterizedTest
  @EnumSource(ScoreMatching.Trace.class)
  void implicit_losses_are_the_explicit_one_less_the_information(ScoreMatching.Trace trace) {
    GaussianMixture law = mixture(2);
    GaussianMixture student = mixture(1.2);
    double[] rows = draws(law, 40_000);
    LossEstimate loss = new ScoreMatching(trace, 2, 2e-3).implicit(student, rows, Seed.of(5));
    double expected = gap(student, law, 1) - gap(law, law, 0);
    assertThat(Math.abs(loss.value() - expected)).isLessThan(Z * loss.standardError());
    // the power: the divergence once and not twice
    double twin = (expected + gap(student, law, 0)) / 2;
    assertThat(Math.abs(loss.value() - twin)).isGreaterThan(Z * loss.standardError());
  }

  @ParameterizedTest
  @EnumSource(ScoreMatching.Trace.class)
  void random_directions_have_the_mean_of_the_exact_trace(ScoreMatching.Trace trace) {
    double sigma = 0.5;
    double[] rows = new double[40_000];
    Seed.of(6).random().fillGaussian(rows, 0, rows.length);
    Score score = affine(SOME);
    GaussianLoss unit =
        new GaussianLoss(new double[2], new double[][] {{0.75, 0}, {0, 0.75}}); // + 0.5² = 1
    LossEstimate loss = new ScoreMatching(trace).implicit(score, rows, Seed.of(7));
    assertThat(Math.abs(loss.value() - unit.implicit(SOME, sigma)))
        .isLessThan(Z * loss.standardError());
    assertThat(AffineMap.of(score).trace()).isCloseTo(SOME.trace(), within(1e-14));
  }

  private static Score affine(AffineMap map) {
    double[] a = map.matrix();
    double[] c = map.offset();
    return new Score() {
      @Override
      public int dimension() {
        return 2;
      }

      @Override
      public void score(double[] x, double[] out) {
        out[0] = a[0] * x[0] + a[1] * x[1] + c[0];
        out[1] = a[2] * x[0] + a[3] * x[1] + c[1];
      }
    };
  }

  @Test
  void the_denoising_loss_of_a_mixture_is_the_explicit_one_and_its_floor() {
    double sigma = 0.8;
    GaussianMixture law = mixture(2);
    GaussianMixture noised = law.noised(1, sigma);
    GaussianMixture student = mixture(1.2).noised(1, sigma);
    double[] rows = draws(law, 40_000);
    LossEstimate loss = ScoreMatching.conditional(student, rows, sigma, Seed.of(8));
    double constant = 1 / (sigma * sigma) - gap(noised, noised, 0); // mmse/σ⁴
    double expected = gap(student, noised, 1) + constant;
    assertThat(Math.abs(loss.value() - expected)).isLessThan(Z * loss.standardError());
    assertThat(constant).as("the power").isGreaterThan(Z * loss.standardError());
    LossEstimate stein = ScoreMatching.alignment(student, rows, sigma, Seed.of(9));
    double along = product(student, noised);
    assertThat(Math.abs(stein.value() - along)).isLessThan(Z * stein.standardError());
    assertThat(0.1 * along).as("the power").isGreaterThan(Z * stein.standardError());
  }

  private static double[] gaussianRows(int n) {
    double[] rows = new double[2 * n];
    AddressedRandom random = Seed.of(3).random();
    double l11 = Math.sqrt(0.5);
    double l21 = 0.2 / l11;
    double l22 = Math.sqrt(0.3 - l21 * l21);
    for (int i = 0; i < n; i++) {
      double u = random.nextGaussian();
      rows[2 * i] = MEAN[0] + l11 * u;
      rows[2 * i + 1] = MEAN[1] + l21 * u + l22 * random.nextGaussian();
    }
    return rows;
  }

  @Test
  void exact_denoisers_attain_the_floor_and_others_do_not() {
    double[] rows = gaussianRows(20_000);
    double[] sigmas = {0.05, 0.5, 5};
    DenoisingLoss recipe = new DenoisingLoss(2, 100);
    Denoiser exact = new GaussianDenoiser(MEAN, COVARIANCE);
    Denoiser wrong = new GaussianDenoiser(MEAN, new double[][] {{0.8, 0}, {0, 0.8}});
    List<DenoisingLoss.Level> best = recipe.byLevel(exact, rows, sigmas, Seed.of(1));
    List<DenoisingLoss.Level> other = recipe.byLevel(wrong, rows, sigmas, Seed.of(1));
    for (int k = 0; k < 3; k++) {
      assertThat(best.get(k).sigma()).isEqualTo(sigmas[k]);
      LossEstimate loss = best.get(k).squareError();
      double floor = GAUSSIAN.floor(sigmas[k]);
      assertThat(Math.abs(loss.value() - floor)).isLessThan(Z * loss.standardError());
      double expected = GAUSSIAN.denoising(AffineMap.of(wrong, sigmas[k]), sigmas[k]);
      LossEstimate worse = other.get(k).squareError();
      assertThat(Math.abs(worse.value() - expected)).isLessThan(Z * worse.standardError());
    }
    assertThat(other.get(1).squareError().value() - GAUSSIAN.floor(0.5))
        .as("the power")
        .isGreaterThan(Z * other.get(1).squareError().standardError());
  }

  @Test
  void values_depend_neither_on_the_batch_nor_on_other_levels() {
    double[] rows = gaussianRows(50);
    Denoiser exact = new GaussianDenoiser(MEAN, COVARIANCE);
    List<DenoisingLoss.Level> all =
        new DenoisingLoss().byLevel(exact, rows, new double[] {3, 0.5}, Seed.of(1));
    List<DenoisingLoss.Level> one =
        new DenoisingLoss(1, 7).byLevel(exact, rows, new double[] {0.5}, Seed.of(1));
    assertThat(one.get(0)).isEqualTo(all.get(1));
    assertThat(new DenoisingLoss(2, 7).byLevel(exact, rows, new double[] {0.5}, Seed.of(1)))
        .isNotEqualTo(one);
  }

  @Test
  void an_objectives_loss_is_the_weighted_mean_over_levels() {
    double[] rows = gaussianRows(5000);
    Denoiser exact = new GaussianDenoiser(MEAN, COVARIANCE);
    Objective edm = new EdmObjective(-0.4, 1, 0.6);
    LossEstimate loss = new DenoisingLoss().of(edm, exact, rows, 8, Seed.of(2));
    double expected = 0;
    for (int k = 0; k < 8; k++) {
      double sigma = edm.levelLaw().quantile((k + 0.5) / 8);
      expected += edm.weight(sigma) * GAUSSIAN.floor(sigma) / 8 / 2;
    }
    assertThat(Math.abs(loss.value() - expected)).isLessThan(Z * loss.standardError());
    assertThat(loss.standardError()).isLessThan(0.02 * expected);
  }

  /** Of all mixtures with another right mean, the true one has the least loss under equal noise, in every form. */
  @Test
  void among_mixtures_the_true_one_is_least_under_every_objective() {
    double[] rows = draws(mixture(2), 20_000);
    LevelLaw law = new LevelLaw.LogUniform(0.2, 3);
    for (Weighting weighting :
        List.of(
            new Weighting.Snr(),
            new Weighting.MinSnr(5),
            new Weighting.TruncatedSnr(),
            new Weighting.Likelihood(law),
            new Weighting.Edm(0.9))) {
      Objective objective = new DenoisingObjective(new EdmObjective(), weighting, law);
      double least = loss(objective, rows, 2);
      assertThat(loss(objective, rows, 1.8)).isGreaterThan(least);
      assertThat(loss(objective, rows, 2.2)).isGreaterThan(least);
    }
  }

  private static double loss(Objective objective, double[] rows, double right) {
    Denoiser student = new GaussianMixtureDenoiser(mixture(right));
    return new DenoisingLoss().of(objective, student, rows, 4, Seed.of(3)).value();
  }

  @Test
  void what_makes_no_sense_is_refused() {
    Denoiser exact = new GaussianDenoiser(MEAN, COVARIANCE);
    assertThatThrownBy(
            () -> new DenoisingLoss().byLevel(exact, new double[3], new double[] {1}, Seed.of(1)))
        .hasMessage("rows must be at least two rows of 2 numbers, got 3 numbers");
    assertThatThrownBy(() -> new ScoreMatching(ScoreMatching.Trace.EXACT, 1, 0))
        .hasMessageContaining("step must be positive");
  }
}
