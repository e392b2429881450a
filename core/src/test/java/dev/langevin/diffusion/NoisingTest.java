package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoisingTest {
  static List<Noising> noisings() {
    NoiseSchedule quadratic = NoiseSchedule.of(t -> t * t * (1 + t), t -> t * (2 + 3 * t));
    return List.of(
        new OrnsteinUhlenbeck(),
        new VarianceExploding(),
        TimeRescaled.linear(),
        TimeRescaled.cosine(),
        new TimeRescaled(new NoiseSchedule.Linear(3, 3)),
        new TimeRescaled(new NoiseSchedule.Cosine(0)),
        new TimeRescaled(new NoiseSchedule.ScaledLinear(0.85, 12)),
        new TimeRescaled(new NoiseSchedule.ScaledLinear(0, 7)),
        new TimeRescaled(new NoiseSchedule.SigmoidBeta(0.1, 20)),
        new TimeRescaled(new NoiseSchedule.Sigmoid(-3, 3, 1)),
        new TimeRescaled(new NoiseSchedule.Sigmoid(0, 3, 0.7)),
        new TimeRescaled(new NoiseSchedule.ZeroTerminalSnr(NoiseSchedule.linear(), 1)),
        new TimeRescaled(
            new NoiseSchedule.ZeroTerminalSnr(new NoiseSchedule.ScaledLinear(0.85, 12), 0.9)),
        new TimeRescaled(quadratic),
        new TimeRescaled(NoiseSchedule.ofRate(t -> 1 + StrictMath.sin(3 * t) / 2)),
        SubVariancePreserving.linear(),
        new SubVariancePreserving(new NoiseSchedule.ScaledLinear(0.85, 12)),
        new GeometricExploding(0.01, 50),
        new GeometricExploding(1e-9, 3),
        new StraightPath());
  }

  /** Levels from {@code low}, or from the process's first, up to {@code high}, or as far as times can tell levels apart. */
  private static double[] levels(Noising noising, double low, double high, double factor) {
    double from = Math.max(low, noising.sigma(0));
    return DoubleStream.iterate(from, sigma -> sigma < high, sigma -> sigma * factor)
        .takeWhile(sigma -> condition(noising, noising.time(sigma)) < 1e10)
        .toArray();
  }

  /** How much more the relative error of σ is than that of t: d ln σ/d ln t = t g²/(2b²). */
  static double condition(Noising noising, double t) {
    double b = noising.noise(t);
    if (t == 0 || t == noising.end()) {
      return t / (noising.end() - t);
    }
    return t * noising.diffusion(t) / (2 * b * b);
  }

  @ParameterizedTest
  @MethodSource("noisings")
  void time_inverts_sigma_at_every_scale(Noising noising) {
    for (double sigma : levels(noising, 1e-12, 1e100, 1.7)) {
      double t = noising.time(sigma);
      // what rounding t does, and rounding the G of which sigma is an exponential
      double ulps = 4 + 2 * condition(noising, t) + Math.abs(StrictMath.log(sigma));
      assertThat(noising.sigma(t) / sigma).as("%s", sigma).isCloseTo(1, within(1e-15 * ulps));
    }
  }

  @ParameterizedTest
  @MethodSource("noisings")
  void sigma_is_noise_over_signal(Noising noising) {
    for (double sigma : levels(noising, 1e-12, 1e12, 1.7)) {
      double t = noising.time(sigma);
      assertThat(noising.noise(t) / noising.signal(t) / noising.sigma(t))
          .as("%s", sigma)
          .isCloseTo(1, within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("noisings")
  void at_time_zero_there_is_no_noise_but_for_geometric_levels(Noising noising) {
    double least = noising instanceof GeometricExploding ve ? ve.sigmaMin() : 0;
    assertThat(noising.noise(0)).isEqualTo(least);
    assertThat(noising.sigma(0)).isEqualTo(least);
    assertThat(noising.signal(0)).isEqualTo(1);
    assertThat(noising.time(0)).isZero();
    assertThat(noising.time(least)).isZero();
  }

  /** f = d ln a/dt and g² = a² dσ²/dt, by differences of fourth order (and rounding) in ln a and ln σ. */
  @ParameterizedTest
  @MethodSource("noisings")
  void drift_and_diffusion_are_those_of_signal_and_noise(Noising noising) {
    for (double sigma : levels(noising, 1e-4, 1e3, 2.3)) {
      double t = noising.time(sigma);
      if (t == 0) {
        continue;
      }
      double h = 4e-4 * Math.min(t, noising.end() - t);
      double f = difference(u -> StrictMath.log(noising.signal(u)), t, h);
      double pace = difference(u -> StrictMath.log(noising.sigma(u)), t, h);
      double g2 = 2 * pace * noising.noise(t) * noising.noise(t);
      double rounding = 4e-16 * (1 + Math.abs(StrictMath.log(noising.signal(t)))) / h;
      rounding += 2 * Math.abs(f) * Math.ulp(t) / h; // t ± h is rounded too
      assertThat(noising.drift(t))
          .as("f at %s", t)
          .isCloseTo(f, within(1e-9 * Math.abs(f) + rounding));
      assertThat(noising.diffusion(t) / g2).as("g² at %s", t).isCloseTo(1, within(1e-8));
    }
  }

  private static double difference(DoubleUnaryOperator q, double t, double h) {
    double near = q.applyAsDouble(t + h) - q.applyAsDouble(t - h);
    double far = q.applyAsDouble(t + 2 * h) - q.applyAsDouble(t - 2 * h);
    return (8 * near - far) / (12 * h);
  }

  /** dm/dt = f m, dv/dt = 2f v + g²: from σ = 0.05 on they lead to a and b². Classical Runge–Kutta. */
  @ParameterizedTest
  @MethodSource("noisings")
  void the_moments_of_the_stochastic_equation_are_signal_and_noise(Noising noising) {
    double from = noising.time(0.05);
    double to = noising.time(20);
    double m = noising.signal(from);
    double v = noising.noise(from) * noising.noise(from);
    int steps = 4000;
    double h = (to - from) / steps;
    for (int k = 0; k < steps; k++) {
      double t = from + k * h;
      double end = Math.min(t + h, noising.end());
      double[] f = {noising.drift(t), noising.drift(t + h / 2), noising.drift(end)};
      double[] g = {noising.diffusion(t), noising.diffusion(t + h / 2), noising.diffusion(end)};
      m = rungeKutta(m, f, new double[3], 1, h);
      v = rungeKutta(v, f, g, 2, h);
    }
    double b = noising.noise(to);
    assertThat(m / noising.signal(to)).isCloseTo(1, within(1e-6));
    assertThat(v / (b * b)).isCloseTo(1, within(1e-6));
  }

  private static double rungeKutta(double y, double[] f, double[] g, double factor, double h) {
    double k1 = factor * f[0] * y + g[0];
    double k2 = factor * f[1] * (y + h / 2 * k1) + g[1];
    double k3 = factor * f[1] * (y + h / 2 * k2) + g[1];
    double k4 = factor * f[2] * (y + h * k3) + g[2];
    return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }

  @ParameterizedTest
  @MethodSource("noisings")
  void a_finite_end_has_no_signal_left_and_nothing_beyond(Noising noising) {
    if (noising.end() == Double.POSITIVE_INFINITY) {
      return;
    }
    assertThat(noising.signal(noising.end())).isZero();
    assertThat(noising.noise(noising.end())).isEqualTo(1);
    assertThat(noising.sigma(noising.end())).isInfinite();
    assertThat(noising.time(1e5)).isLessThan(noising.end());
    assertThat(noising.time(1e100)).isCloseTo(noising.end(), within(4e-16));
    assertThatThrownBy(() -> noising.noise(1.0001 * noising.end()))
        .hasMessageContaining("t must be at most");
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
