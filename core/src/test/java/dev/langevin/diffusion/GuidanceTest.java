package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Score;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.Seed;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuidanceTest {
  private static final double[][] FULL = {{2, 0.6, -0.3}, {0.6, 0.5, 0.1}, {-0.3, 0.1, 0.7}};
  private static final double[][] A = {{1, 0.5, -1}, {0, 2, 0.3}};
  private static final LinearObservation SEEN =
      new LinearObservation(A, new double[] {0.7, -0.4}, 0.6);

  private static GaussianMixture mixture() {
    double[][] diagonal = {{0.1, 0, 0}, {0, 1, 0}, {0, 0, 2}};
    return GaussianMixture.of(
        new double[] {0.5, 0.3, 0.2},
        new double[][] {{1, -2, 0.5}, {-1, 0, 2}, {2, 1, 1}},
        new double[][][] {FULL, diagonal, FULL});
  }

  private static double[] normals(int length) {
    double[] y = new double[length];
    Seed.of(3).random().fillGaussian(y, 0, length);
    return y;
  }

  private static double[] denoise(Denoiser denoiser, double[] y, double sigma) {
    double[] out = new double[y.length];
    denoiser.denoise(y, y.length / denoiser.dimension(), sigma, out);
    return out;
  }

  /** ∇ log p(class | y) = ∇ log p(y | class) - ∇ log p(y), both known exactly. */
  private static DoubleFunction<Score> classifier(GaussianMixture all, GaussianMixture given) {
    return sigma ->
        new Score() {
          @Override
          public int dimension() {
            return 3;
          }

          @Override
          public void score(double[] x, double[] out) {
            double[] base = new double[3];
            given.noised(1, sigma).score(x, out);
            all.noised(1, sigma).score(x, base);
            for (int j = 0; j < 3; j++) {
              out[j] -= base[j];
            }
          }
        };
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 20})
  void the_exact_classifier_at_scale_one_gives_the_conditional_denoiser(double sigma) {
    GaussianMixture given = Guidance.given(mixture(), new double[] {0.2, 1, 0});
    Denoiser all = new GaussianMixtureDenoiser(mixture());
    Denoiser conditional = new GaussianMixtureDenoiser(given);
    double[] y = normals(12);
    double[] expected = denoise(conditional, y, sigma);
    Denoiser guided = Guidance.byClassifier(all, classifier(mixture(), given), 1);
    assertThat(denoise(guided, y, sigma)).containsExactly(expected, within(1e-12 * (1 + sigma)));
    Denoiser twice = Guidance.byClassifier(all, classifier(mixture(), given), 2);
    double[] free = denoise(Guidance.classifierFree(all, conditional, 2), y, sigma);
    assertThat(denoise(twice, y, sigma)).containsExactly(free, within(1e-12 * (1 + sigma)));
    Denoiser none = Guidance.byClassifier(all, classifier(mixture(), given), 0);
    assertThat(denoise(none, y, sigma)).isEqualTo(denoise(all, y, sigma));
  }

  @Test
  void weights_of_zero_and_one_are_exact() {
    Denoiser all = new GaussianMixtureDenoiser(mixture());
    Denoiser one = new GaussianDenoiser(new double[3], FULL);
    assertThat(Guidance.classifierFree(all, one, 0)).isSameAs(all);
    assertThat(Guidance.classifierFree(all, one, 1)).isSameAs(one);
    double[] y = normals(6);
    double[] half = denoise(Guidance.classifierFree(all, one, 0.5), y, 0.7);
    double[] a = denoise(all, y, 0.7);
    double[] b = denoise(one, y, 0.7);
    for (int i = 0; i < 6; i++) {
      assertThat(half[i]).isCloseTo((a[i] + b[i]) / 2, within(1e-15));
    }
  }

  /** Bayes: log posterior - log prior - log likelihood is the same number everywhere. */
  @Test
  void the_posterior_of_a_mixture_is_prior_times_likelihood() {
    GaussianMixture posterior = SEEN.posterior(mixture());
    double[] y = normals(60);
    double constant = Double.NaN;
    for (int r = 0; r < 20; r++) {
      double[] x = {2 * y[3 * r], 2 * y[3 * r + 1], 2 * y[3 * r + 2]};
      double logLikelihood = 0;
      double[] c = {0.7, -0.4};
      for (int i = 0; i < 2; i++) {
        double gap = c[i] - A[i][0] * x[0] - A[i][1] * x[1] - A[i][2] * x[2];
        logLikelihood -= 0.5 * gap * gap / 0.36;
      }
      double gap = posterior.logDensity(x) - mixture().logDensity(x) - logLikelihood;
      constant = r == 0 ? gap : constant;
      assertThat(gap).isCloseTo(constant, within(1e-11));
    }
  }

  @Test
  void seen_coordinates_are_kept_where_the_noise_is_small() {
    GaussianMixture posterior =
        LinearObservation.ofCoordinates(3, new int[] {2, 0}, new double[] {1.5, -0.5}, 1e-5)
            .posterior(mixture());
    for (double[] mean : posterior.means()) {
      assertThat(mean[2]).isCloseTo(1.5, within(1e-8));
      assertThat(mean[0]).isCloseTo(-0.5, within(1e-8));
    }
  }

  /** On N(0, τ²I) the normal law around the denoised point is the true one, so that the guided denoiser is the posterior's. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 1, 30})
  void pseudoinverse_guidance_is_exact_on_isotropic_normal_data(double sigma) {
    double tau = 1.3;
    double[] mean = {0.5, -1, 2};
    GaussianMixture prior =
        GaussianMixture.isotropic(new double[] {1}, new double[][] {mean}, new double[] {tau});
    DifferentiableDenoiser denoiser = new GaussianMixtureDenoiser(prior);
    Denoiser exact = new GaussianMixtureDenoiser(SEEN.posterior(prior));
    double[] y = normals(12);
    double[] expected = denoise(exact, y, sigma);
    Denoiser guided = PosteriorGuidance.pseudoinverse(denoiser, SEEN, tau, 1);
    assertThat(denoise(guided, y, sigma)).containsExactly(expected, within(1e-12));
    // the broken twins: another spread, another scale, and none at all, which is DPS
    for (Denoiser wrong :
        new Denoiser[] {
          PosteriorGuidance.pseudoinverse(denoiser, SEEN, 1.01 * tau, 1),
          PosteriorGuidance.pseudoinverse(denoiser, SEEN, tau, 1.01),
          PosteriorGuidance.dps(denoiser, SEEN, 1)
        }) {
      double[] found = denoise(wrong, y, sigma);
      double worst = 0;
      for (int i = 0; i < 12; i++) {
        worst = Math.max(worst, Math.abs(found[i] - expected[i]));
      }
      assertThat(worst).isGreaterThan(1e-9); // the check above would notice 1e-12
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 2})
  void dps_follows_the_gradient_of_the_likelihood_at_the_denoised_point(double sigma) {
    DifferentiableDenoiser denoiser = new GaussianMixtureDenoiser(mixture());
    double[] y = {0.4, -0.3, 1.1};
    double[] plain = denoise(denoiser, y, sigma);
    double[] guided = denoise(PosteriorGuidance.dps(denoiser, SEEN, 0.7), y, sigma);
    for (int j = 0; j < 3; j++) {
      double slope = 0;
      for (int side = -1; side <= 1; side += 2) {
        double[] moved = y.clone();
        moved[j] += side * 1e-5;
        double[] d = denoise(denoiser, moved, sigma);
        double first = 0.7 - A[0][0] * d[0] - A[0][1] * d[1] - A[0][2] * d[2];
        double second = -0.4 - A[1][0] * d[0] - A[1][1] * d[1] - A[1][2] * d[2];
        slope -= side * 0.5 * (first * first + second * second) / 0.36 / 2e-5;
      }
      double expected = plain[j] + 0.7 * sigma * sigma * slope;
      assertThat(guided[j]).isCloseTo(expected, within(1e-8 * (1 + sigma * sigma)));
    }
  }

  @Test
  void what_makes_no_sense_is_refused() {
    DifferentiableDenoiser two = new GaussianDenoiser(new double[2], new double[2][2]);
    assertThatThrownBy(() -> PosteriorGuidance.dps(two, SEEN, 1))
        .hasMessageContaining("dimension of the observation must be between 2 and 2, got 3");
    assertThatThrownBy(() -> new LinearObservation(A, new double[2], 0))
        .hasMessageContaining("sd must be positive");
    assertThatThrownBy(() -> LinearObservation.ofCoordinates(2, new int[] {2}, new double[1], 1))
        .hasMessageContaining("seen[0] must be between 0 and 1, got 2");
    assertThatThrownBy(() -> Guidance.given(mixture(), new double[] {0, 2, 0}))
        .hasMessageContaining("membership[1] must be between 0.0 and 1.0, got 2.0");
    assertThatThrownBy(() -> Guidance.classifierFree(two, two, Double.NaN))
        .hasMessageContaining("weight must be finite");
  }
}
