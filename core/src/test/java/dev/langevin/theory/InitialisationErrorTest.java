package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import org.junit.jupiter.api.Test;

class InitialisationErrorTest {
  private static final double[] VARIANCES = {0, 1e-3, 0.25, 1, 9};
  private static final double[] MEANS = {0, 0.5, -4};
  private static final double[] HORIZONS = {0.01, 0.3, 1, 2, 4, 8, 20};

  /** KL(N(m, v) ‖ N(0, c²)). */
  private static double exact(double m, double v, double c) {
    double r = v / c / c;
    return 0.5 * (m * m / c / c + r - 1 - Math.log(r));
  }

  @Test
  void it_dominates_the_exact_relative_entropy_of_normal_data() {
    for (double lambda : VARIANCES) {
      for (double m : MEANS) {
        for (double t : HORIZONS) {
          double q = Math.exp(-2 * t);
          double bound = InitialisationError.ornsteinUhlenbeck(lambda + m * m, 1, t).kl();
          double truth = exact(Math.exp(-t) * m, q * (lambda - 1) + 1, 1);
          assertThat(bound).isGreaterThanOrEqualTo(truth - 1e-15);
          double sigma = new OrnsteinUhlenbeck().sigma(t);
          double exploding = InitialisationError.varianceExploding(lambda + m * m, sigma).kl();
          assertThat(exploding)
              .isGreaterThanOrEqualTo(exact(m, lambda + sigma * sigma, sigma) - 1e-15);
        }
      }
    }
  }

  /** Without spread there is nothing to lose by convexity. */
  @Test
  void it_is_an_equality_for_a_point_mass() {
    for (double m : MEANS) {
      for (double t : HORIZONS) {
        double q = Math.exp(-2 * t);
        double truth = exact(Math.exp(-t) * m, -Math.expm1(-2 * t), 1);
        assertThat(InitialisationError.ornsteinUhlenbeck(m * m, 1, t).kl())
            .isCloseTo(truth, within(1e-14 * (1 + truth)));
        assertThat(InitialisationError.ornsteinUhlenbeck(3 * m * m, 3, t).kl())
            .isCloseTo(3 * truth, within(1e-14 * (1 + 3 * truth)));
        double sigma = Math.sqrt(1 / q - 1);
        assertThat(InitialisationError.varianceExploding(m * m, sigma).kl())
            .isCloseTo(m * m / (2 * sigma * sigma), within(1e-14 * (1 + m * m / q)));
      }
    }
  }

  /** A twin with the log term's sign or the second moment's share lost no longer dominates. */
  @Test
  void a_broken_bound_would_be_seen() {
    double t = 0.3;
    double q = Math.exp(-2 * t);
    double truth = exact(0, 1 - q, 1); // data at the origin
    double broken = 0.5 * (q * (0 - 1) + Math.log(1 - q));
    assertThat(broken).isLessThan(truth);
    double unmoved = 0.5 * (-q - Math.log(1 - q)); // second moment forgotten
    assertThat(unmoved).isLessThan(exact(Math.exp(-t) * 4, 1 - q, 1));
  }

  /** Two-part mixture on the line: relative entropy and total variation by the trapezoidal rule. */
  @Test
  void it_dominates_on_a_mixture() {
    GaussianMixture data =
        GaussianMixture.isotropic(
            new double[] {0.8, 0.2}, new double[][] {{-0.5}, {2}}, new double[] {0.2, 0.1});
    double moment = 0.8 * (0.25 + 0.04) + 0.2 * (4 + 0.01);
    Noising ou = new OrnsteinUhlenbeck();
    for (double t : new double[] {0.1, 0.5, 1, 2}) {
      GaussianMixture noised = data.noised(ou.signal(t), ou.noise(t));
      double kl = 0;
      double tv = 0;
      double h = 1e-3;
      for (double x = -10; x <= 10; x += h) {
        double logP = noised.logDensity(new double[] {x});
        double logG = -0.5 * x * x - 0.5 * Math.log(2 * Math.PI);
        kl += h * Math.exp(logP) * (logP - logG);
        tv += h * 0.5 * Math.abs(Math.exp(logP) - Math.exp(logG));
      }
      InitialisationError bound = InitialisationError.ornsteinUhlenbeck(moment, 1, t);
      assertThat(bound.kl()).isGreaterThan(kl);
      assertThat(bound.totalVariation()).isGreaterThan(tv).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void total_variation_is_the_better_of_two_bounds() {
    assertThat(new InitialisationError(0.02).totalVariation()).isCloseTo(0.1, within(1e-15));
    assertThat(new InitialisationError(8).totalVariation())
        .isCloseTo(Math.sqrt(1 - Math.exp(-8)), within(1e-15));
    assertThat(new InitialisationError(0).totalVariation()).isZero();
    assertThat(new InitialisationError(1e9).totalVariation()).isEqualTo(1);
  }

  /** Digits: 64 coordinates of standard deviation 0.5, EDM's σ_max = 80. */
  @Test
  void for_scaled_images_the_default_level_is_far_enough() {
    double t = new OrnsteinUhlenbeck().time(80);
    InitialisationError error = InitialisationError.ornsteinUhlenbeck(64 * 0.25, 64, t);
    assertThat(error.kl()).isCloseTo(16 / (2 * 6401.0), within(2e-6));
    assertThat(error.totalVariation()).isLessThan(0.03);
  }

  @Test
  void the_level_for_a_promise_keeps_it_and_hardly_more() {
    OrnsteinUhlenbeck ou = new OrnsteinUhlenbeck();
    for (double promised : new double[] {1e-6, 0.01, 0.5, 0.999}) {
      double sigma = InitialisationError.sigmaFor(promised, 30, 20);
      assertThat(tv(ou.time(sigma))).isLessThanOrEqualTo(promised);
      assertThat(tv(ou.time(sigma * 0.999))).isGreaterThan(promised);
    }
  }

  private static double tv(double horizon) {
    return InitialisationError.ornsteinUhlenbeck(30, 20, horizon).totalVariation();
  }

  @Test
  void nothing_is_lost_at_long_horizons() {
    // d/2 · q²/2 with q = e^{-2T} far below 1e-16
    double q = Math.exp(-100);
    assertThat(InitialisationError.ornsteinUhlenbeck(0, 4, 50).kl() / (q * q))
        .isCloseTo(1, within(1e-12));
    // the series and the logarithm meet
    double t = -0.5 * Math.log(1e-4);
    double below = InitialisationError.ornsteinUhlenbeck(0, 2, t * 1.0001).kl();
    double above = InitialisationError.ornsteinUhlenbeck(0, 2, t * 0.9999).kl();
    assertThat(above / below).isCloseTo(Math.exp(4 * t * 2e-4), within(1e-6));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> InitialisationError.ornsteinUhlenbeck(-1, 1, 1))
        .hasMessageContaining("secondMoment must be");
    assertThatThrownBy(() -> InitialisationError.ornsteinUhlenbeck(1, 0, 1))
        .hasMessageContaining("dimension must be at least 1");
    assertThatThrownBy(() -> InitialisationError.ornsteinUhlenbeck(1, 1, 0))
        .hasMessageContaining("horizon must be positive");
    assertThatThrownBy(() -> InitialisationError.varianceExploding(1, 0))
        .hasMessageContaining("sigma must be positive");
    assertThatThrownBy(() -> InitialisationError.sigmaFor(1, 1, 1))
        .hasMessageContaining("totalVariation must be strictly between 0.0 and 1.0");
    assertThatThrownBy(() -> new InitialisationError(-1)).hasMessageContaining("kl must be");
  }
}
