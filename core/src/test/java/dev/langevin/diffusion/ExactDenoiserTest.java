package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Score;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactDenoiserTest {
  private static final double[][] FULL = {{2, 0.6, -0.3}, {0.6, 0.5, 0.1}, {-0.3, 0.1, 0.7}};

  /** Unequal weights; full, diagonal and isotropic covariances; one weight of zero. */
  private static GaussianMixture mixture() {
    double[][] means = {{1, -2, 0.5}, {-1, 0, 2}, {3, 3, 3}, {0, 0, 0}};
    double[][] diagonal = {{0.1, 0, 0}, {0, 1, 0}, {0, 0, 2}};
    double[][] small = {{0.01, 0, 0}, {0, 0.01, 0}, {0, 0, 0.01}};
    return GaussianMixture.of(
        new double[] {0.5, 0.3, 0.2, 0}, means, new double[][][] {FULL, diagonal, small, small});
  }

  private static double[] denoise(Denoiser denoiser, double sigma, double... y) {
    double[] out = new double[y.length];
    denoiser.denoise(y, y.length / denoiser.dimension(), sigma, out);
    return out;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 1, 4, 80})
  void the_score_is_the_finite_difference_of_the_noised_log_density(double sigma) {
    GaussianMixture noised = mixture().noised(1, sigma);
    Score score = Scores.of(new GaussianMixtureDenoiser(mixture()), new VarianceExploding(), sigma);
    assertScoreIsGradient(score, noised, 1, sigma);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 1, 3})
  void the_score_view_speaks_the_variables_of_its_process(double t) {
    Noising ou = new OrnsteinUhlenbeck();
    GaussianMixture noised = mixture().noised(ou.signal(t), ou.noise(t));
    Score score = Scores.of(new GaussianMixtureDenoiser(mixture()), ou, t);
    assertScoreIsGradient(score, noised, ou.signal(t), ou.noise(t));
  }

  private static void assertScoreIsGradient(Score score, GaussianMixture q, double a, double b) {
    AddressedRandom random = Seed.of(11).random();
    double[] x = new double[3];
    double[] s = new double[3];
    for (int repeat = 0; repeat < 30; repeat++) {
      for (int j = 0; j < 3; j++) {
        x[j] = a * 3 * random.nextGaussian() + b * random.nextGaussian();
      }
      score.score(x, s);
      double h = 1e-4 * Math.min(1, b);
      for (int j = 0; j < 3; j++) {
        double kept = x[j];
        double slope = 0;
        for (int side = -1; side <= 1; side += 2) {
          x[j] = kept + side * h;
          slope += side * q.logDensity(x) * 4 / 3;
          x[j] = kept + 2 * side * h;
          slope -= side * q.logDensity(x) / 6;
        }
        x[j] = kept;
        slope /= 2 * h;
        assertThat(s[j]).isCloseTo(slope, within(1e-6 * (1 / b + Math.abs(slope))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 1, 5, 1e4})
  void tweedie_the_denoiser_is_the_noised_point_plus_variance_times_score(double sigma) {
    Denoiser denoiser = new GaussianMixtureDenoiser(mixture());
    GaussianMixture noised = mixture().noised(1, sigma);
    AddressedRandom random = Seed.of(12).random();
    double[] y = new double[3];
    double[] score = new double[3];
    for (int repeat = 0; repeat < 50; repeat++) {
      mixture().sample(random, y);
      for (int j = 0; j < 3; j++) {
        y[j] += sigma * random.nextGaussian();
      }
      noised.score(y, score);
      double[] denoised = denoise(denoiser, sigma, y);
      for (int j = 0; j < 3; j++) {
        double tweedie = y[j] + sigma * sigma * score[j];
        assertThat(denoised[j]).isCloseTo(tweedie, within(1e-12 * (1 + Math.abs(y[j]))));
      }
    }
  }

  /** E[x0 | y] by numerical integration over x0 (trapezoidal rule, exponentially accurate here): needs no Tweedie. */
  @Test
  void the_denoiser_is_the_posterior_mean() {
    GaussianMixture line =
        GaussianMixture.isotropic(
            new double[] {0.7, 0.3}, new double[][] {{-1}, {2}}, new double[] {0.5, 0.2});
    Denoiser denoiser = new GaussianMixtureDenoiser(line);
    for (double sigma : new double[] {0.1, 0.7, 3}) {
      for (double y = -4; y <= 4; y += 0.37) {
        double mass = 0;
        double moment = 0;
        for (double x = -8; x <= 8; x += 1e-3) {
          double z = (y - x) / sigma;
          double weight = Math.exp(line.logDensity(new double[] {x}) - 0.5 * z * z);
          mass += weight;
          moment += weight * x;
        }
        assertThat(denoise(denoiser, sigma, y)[0]).isCloseTo(moment / mass, within(1e-11));
      }
    }
  }

  @Test
  void the_gaussian_denoiser_solves_the_normal_equations() {
    double[] mean = {1, -2, 0.5};
    Denoiser denoiser = new GaussianDenoiser(mean, FULL);
    double[] y = {4, 1, -7};
    for (double sigma : new double[] {1e-3, 0.3, 1, 30}) {
      double[] d = denoise(denoiser, sigma, y);
      // (Sigma + sigma^2 I) w = y - mean with w = (y - D)/sigma^2, and D = mean + Sigma w
      for (int i = 0; i < 3; i++) {
        double product = mean[i];
        for (int j = 0; j < 3; j++) {
          product += FULL[i][j] * (y[j] - d[j]) / (sigma * sigma);
        }
        assertThat(product).isCloseTo(d[i], within(1e-14 * 10 / Math.min(1, sigma * sigma)));
      }
    }
  }

  @Test
  void one_component_is_the_gaussian_denoiser() {
    double[] mean = {1, -2, 0.5};
    Denoiser one =
        new GaussianMixtureDenoiser(
            GaussianMixture.of(new double[] {1}, new double[][] {mean}, new double[][][] {FULL}));
    double[] y = {4, 1, -7, 0, 0, 0};
    assertThat(denoise(one, 0.7, y)).isEqualTo(denoise(new GaussianDenoiser(mean, FULL), 0.7, y));
  }

  @Test
  void a_singular_covariance_projects() {
    double[][] onALine = {{1, 2}, {2, 4}};
    double[] d = denoise(new GaussianDenoiser(new double[] {0, 0}, onALine), 1, 3, 1);
    assertThat(d[1]).isCloseTo(2 * d[0], within(1e-14));
    assertThat(d[0]).isCloseTo(1.0 / 5 * 5 * 5.0 / 6, within(1e-14)); // (3 + 2·1)/5 · 5/6
    double[] point = denoise(new GaussianDenoiser(new double[] {5}, new double[][] {{0}}), 2, 9);
    assertThat(point).containsExactly(5);
  }

  @Test
  void a_row_does_not_depend_on_its_batch() {
    Denoiser denoiser = new GaussianMixtureDenoiser(mixture());
    double[] y = new double[21];
    Seed.of(5).random().fillGaussian(y, 0, 21);
    double[] together = denoise(denoiser, 0.4, y);
    for (int r = 0; r < 7; r++) {
      double[] alone = denoise(denoiser, 0.4, y[3 * r], y[3 * r + 1], y[3 * r + 2]);
      for (int j = 0; j < 3; j++) {
        assertThat(alone[j]).isEqualTo(together[3 * r + j]);
      }
    }
  }

  @Test
  void levels_may_alternate() {
    Denoiser used = new GaussianMixtureDenoiser(mixture());
    denoise(used, 80, 1, 2, 3);
    denoise(used, 0.01, 3, 2, 1);
    assertThat(denoise(used, 0.4, 1, 2, 3))
        .isEqualTo(denoise(new GaussianMixtureDenoiser(mixture()), 0.4, 1, 2, 3));
  }

  @Test
  void tiny_noise_returns_the_point_and_huge_noise_the_mean() {
    Denoiser denoiser = new GaussianMixtureDenoiser(mixture());
    double[] y = {0.3, -1.7, 0.9};
    double[] near = denoise(denoiser, 1e-8, y);
    assertThat(near).containsExactly(y, within(1e-14));
    double[] mean = mixture().mean();
    double[] far = denoise(denoiser, 1e9, y);
    assertThat(far).containsExactly(mean, within(1e-14));
    assertThat(denoise(denoiser, 1e300, 1e300, -1e300, 0)).doesNotContain(Double.NaN);
    assertThat(denoise(denoiser, 1e-200, y)).containsExactly(y, within(1e-14));
  }

  @Test
  void points_where_every_density_underflows_go_to_the_likeliest_component() {
    GaussianMixture two =
        GaussianMixture.isotropic(
            new double[] {0.5, 0.5}, new double[][] {{-1}, {1}}, new double[] {1e-3, 1e-3});
    double[] d = denoise(new GaussianMixtureDenoiser(two), 1e-3, 500, -500);
    // half way from the mean to the point: sd = sigma
    assertThat(d).containsExactly(new double[] {250.5, -250.5}, within(1e-10));
  }

  @Test
  void in_many_dimensions_it_stays_exact() {
    int d = 3000;
    double[][] means = new double[2][d];
    for (int j = 0; j < d; j++) {
      means[0][j] = StrictMath.sin(j);
      means[1][j] = -means[0][j];
    }
    GaussianMixture wide =
        GaussianMixture.isotropic(new double[] {0.9, 0.1}, means, new double[] {0.5, 0.25});
    double sigma = 60;
    double[] y = new double[d];
    Seed.of(3).random().fillGaussian(y, 0, d);
    double quad0 = 0;
    double quad1 = 0;
    for (int j = 0; j < d; j++) {
      y[j] = means[1][j] + sigma * y[j];
      quad0 += (y[j] - means[0][j]) * (y[j] - means[0][j]) / (3600 + 0.25);
      quad1 += (y[j] - means[1][j]) * (y[j] - means[1][j]) / (3600 + 0.0625);
    }
    double logOdds =
        Math.log(9) - 0.5 * (quad0 - quad1) - 0.5 * d * Math.log((3600 + 0.25) / (3600 + 0.0625));
    double r0 = 1 / (1 + Math.exp(-logOdds));
    assertThat(r0).isBetween(1e-3, 0.999); // both components matter, or nothing is tested
    double[] out = denoise(new GaussianMixtureDenoiser(wide), sigma, y);
    for (int j = 0; j < d; j += 101) {
      double d0 = means[0][j] + 0.25 / 3600.25 * (y[j] - means[0][j]);
      double d1 = means[1][j] + 0.0625 / 3600.0625 * (y[j] - means[1][j]);
      assertThat(out[j]).isCloseTo(r0 * d0 + (1 - r0) * d1, within(1e-11));
    }
  }

  @Test
  void scores_and_denoisers_are_views_of_each_other() {
    Noising ou = new OrnsteinUhlenbeck();
    Denoiser exact = new GaussianMixtureDenoiser(mixture());
    Denoiser back = Scores.denoiser(3, ou, t -> mixture().noised(ou.signal(t), ou.noise(t)));
    Denoiser round = Scores.denoiser(3, ou, t -> Scores.of(exact, ou, t));
    double[] y = {0.3, -1.7, 0.9, 5, 5, 5};
    for (double sigma : new double[] {0.05, 1, 60}) {
      double[] expected = denoise(exact, sigma, y);
      assertThat(denoise(back, sigma, y)).containsExactly(expected, within(1e-12));
      assertThat(denoise(round, sigma, y)).containsExactly(expected, within(1e-12));
    }
    assertThat(back.dimension()).isEqualTo(3);
    assertThat(Scores.of(exact, ou, 1).dimension()).isEqualTo(3);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    double[] mean = {0, 0};
    assertThatThrownBy(() -> new GaussianDenoiser(mean, new double[][] {{1, 2}, {2, 1}}))
        .hasMessageContaining("negative eigenvalues");
    assertThatThrownBy(() -> new GaussianDenoiser(mean, new double[][] {{1, 0.2}, {0.1, 1}}))
        .hasMessageContaining("symmetric")
        .hasMessageContaining("[1][0] = 0.1, [0][1] = 0.2");
    assertThatThrownBy(() -> new GaussianDenoiser(mean, new double[][] {{1}}))
        .hasMessageContaining("2 rows");
    assertThatThrownBy(() -> new GaussianDenoiser(new double[0], new double[0][]))
        .hasMessageContaining("dimension");
    assertThatThrownBy(() -> new GaussianDenoiser(mean, new double[][] {{1, 0}, {0, -1}}))
        .hasMessageContaining("negative eigenvalues");
    Denoiser good = new GaussianDenoiser(mean, new double[][] {{1, 0}, {0, 1}});
    assertThatThrownBy(() -> denoise(good, 0, 1, 1)).hasMessageContaining("sigma must be positive");
    assertThatThrownBy(() -> Scores.of(good, new VarianceExploding(), 0))
        .hasMessageContaining("t must be positive");
  }
}
