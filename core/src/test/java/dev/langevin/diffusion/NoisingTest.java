package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoisingTest {
  static List<Noising> noisings() {
    return List.of(new OrnsteinUhlenbeck(), new VarianceExploding());
  }

  @ParameterizedTest
  @MethodSource("noisings")
  void time_inverts_sigma_at_every_scale(Noising noising) {
    for (double sigma = 1e-12; sigma < 1e100; sigma *= 1.7) {
      double t = noising.time(sigma);
      // where sigma grows as e^t, an ulp of t is t ulps of sigma
      assertThat(noising.sigma(t) / sigma).as("%s", sigma).isCloseTo(1, within(1e-15 * (4 + t)));
    }
  }

  @ParameterizedTest
  @MethodSource("noisings")
  void sigma_is_noise_over_signal(Noising noising) {
    for (double sigma = 1e-12; sigma < 1e12; sigma *= 1.7) {
      double t = noising.time(sigma);
      assertThat(noising.noise(t) / noising.signal(t) / noising.sigma(t))
          .as("%s", sigma)
          .isCloseTo(1, within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("noisings")
  void at_time_zero_there_is_no_noise(Noising noising) {
    assertThat(noising.noise(0)).isZero();
    assertThat(noising.sigma(0)).isZero();
    assertThat(noising.signal(0)).isEqualTo(1);
    assertThat(noising.time(0)).isZero();
  }

  @Test
  void ornstein_uhlenbeck_keeps_unit_variance_and_composes() {
    Noising ou = new OrnsteinUhlenbeck();
    for (double t = 1e-9; t < 30; t *= 3) {
      double a = ou.signal(t);
      double b = ou.noise(t);
      assertThat(a * a + b * b).isCloseTo(1, within(4e-16));
      // a semigroup: t then 0.3
      double a2 = ou.signal(0.3);
      double b2 = ou.noise(0.3);
      assertThat(a * a2).isCloseTo(ou.signal(t + 0.3), within(1e-15));
      assertThat(a2 * a2 * b * b + b2 * b2)
          .isCloseTo(ou.noise(t + 0.3) * ou.noise(t + 0.3), within(1e-15));
    }
  }

  @Test
  void ornstein_uhlenbeck_loses_nothing_at_small_times() {
    assertThat(new OrnsteinUhlenbeck().noise(5e-21)).isCloseTo(1e-10, within(1e-25));
    assertThat(new OrnsteinUhlenbeck().time(1e-10)).isCloseTo(5e-21, within(1e-35));
  }

  @ParameterizedTest
  @MethodSource("noisings")
  void negative_times_are_refused(Noising noising) {
    assertThatThrownBy(() -> noising.noise(-0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t must be zero or positive");
    assertThatThrownBy(() -> noising.signal(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> noising.sigma(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> noising.time(-1)).hasMessageContaining("sigma must be");
  }
}
