package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictionTest {
  private static final double[][] SCALES = {{1, 0.3}, {1, 80}, {0.6, 0.8}, {0.02, 0.9998}, {2, 7}};

  private static final double U = 0x1p-53;

  /** What is known at one point: D, ε, and x = a D + b ε. */
  private record Point(double denoised, double noise, double a, double b) {
    double x() {
      return a * denoised + b * noise;
    }

    /** How much a form changes with D and with ε. */
    double[] slopes(Prediction form) {
      return switch (form) {
        case DENOISED -> new double[] {1, 0};
        case NOISE -> new double[] {0, 1};
        case SCORE -> new double[] {0, 1 / b};
        case VELOCITY -> new double[] {b, a};
      };
    }

    /** How much it changes with D where x is kept and ε follows, up to a factor that all forms share. */
    double rate(Prediction form) {
      return switch (form) {
        case DENOISED -> b;
        case NOISE -> a;
        case SCORE -> a / b;
        case VELOCITY -> a * a + b * b;
      };
    }

    /** What rounding leaves open of D and ε where they are found from a form. */
    double[] lost(Prediction form) {
      double x = Math.abs(x());
      double d = Math.abs(denoised);
      double e = Math.abs(noise);
      double v = a * e + b * d;
      double n = a * a + b * b;
      return switch (form) {
        case DENOISED -> new double[] {d, (x + a * d) / b};
        case NOISE, SCORE -> new double[] {(x + b * e) / a, e};
        case VELOCITY -> new double[] {(a * x + b * v) / n, (b * x + a * v) / n};
      };
    }

    /** Rounding of {@code form} where D and ε come from {@code source}. */
    double rounding(Prediction form, Prediction source) {
      double[] slopes = slopes(form);
      double[] lost = lost(source);
      double size = slopes[0] * Math.abs(denoised) + slopes[1] * Math.abs(noise);
      return U * (slopes[0] * lost[0] + slopes[1] * lost[1] + size);
    }

    /** Of the way from one form to another and back: what the way there loses, as the way back magnifies it, and what the way back loses. */
    double roundTrip(Prediction from, Prediction to) {
      double magnified = rate(from) / rate(to) * rounding(to, from);
      return magnified + rounding(from, to);
    }
  }

  private static double thereAndBack(Prediction from, Prediction to, Point at, double value) {
    double[] values = {value};
    from.convert(to, values, new double[] {at.x()}, 1, at.a, at.b);
    to.convert(from, values, new double[] {at.x()}, 1, at.a, at.b);
    return values[0];
  }

  static List<Noising> noisings() {
    return NoisingTest.noisings();
  }

  /** Levels from 10⁻⁹ to 10⁹, as far as a process has them. */
  private static List<Point> points(Noising noising) {
    List<Point> points = new ArrayList<>();
    for (double sigma = 1e-9; sigma < 2e9; sigma *= 100) {
      if (sigma >= noising.sigma(0)) {
        double t = noising.time(sigma);
        if (t > 0 && noising.signal(t) > 0) {
          points.add(new Point(0.7, -1.9, noising.signal(t), noising.noise(t)));
          points.add(new Point(-3.3, 0.2, noising.signal(t), noising.noise(t)));
        }
      }
    }
    return points;
  }

  /** The bound is the rounding of either way, to first order; four of them are allowed for. */
  @ParameterizedTest
  @MethodSource("noisings")
  void every_form_inverts_into_every_other_at_every_level_of_every_process(Noising noising) {
    double twin = 0;
    List<Point> points = points(noising);
    assertThat(points).hasSizeGreaterThan(6);
    for (Point at : points) {
      for (Prediction from : Prediction.values()) {
        double value = from.of(at.denoised, at.noise, at.a, at.b);
        for (Prediction to : Prediction.values()) {
          double bound = 4 * at.roundTrip(from, to);
          assertThat(thereAndBack(from, to, at, value))
              .as("%s to %s at a = %s, b = %s", from, to, at.a, at.b)
              .isCloseTo(value, within(bound));
        }
      }
      twin = Math.max(twin, throughDenoised(at));
    }
    if (noising.sigma(0) < 1e-6) { // at small noise D holds little of ε
      assertThat(twin).isGreaterThan(10);
    }
  }

  /** The broken twin goes from noise to velocity and back through D alone: its error in units of the bound. */
  private static double throughDenoised(Point at) {
    double d = Prediction.NOISE.toDenoised(at.noise, at.x(), at.a, at.b);
    double v = Prediction.VELOCITY.fromDenoised(d, at.x(), at.a, at.b);
    double back = Prediction.VELOCITY.toDenoised(v, at.x(), at.a, at.b);
    double noise = Prediction.NOISE.fromDenoised(back, at.x(), at.a, at.b);
    double bound = at.roundTrip(Prediction.NOISE, Prediction.VELOCITY);
    return Math.abs(noise - at.noise) / bound;
  }

  @Test
  void without_signal_noise_and_score_say_nothing_of_the_denoised_point() {
    for (Prediction from : Prediction.values()) {
      for (Prediction to : Prediction.values()) {
        double[] value = {0.4};
        double[] x = {-1.4};
        boolean said = from == Prediction.DENOISED || from == Prediction.VELOCITY;
        boolean asked = to == Prediction.DENOISED || to == Prediction.VELOCITY;
        if (asked && !said) {
          assertThatThrownBy(() -> from.convert(to, value, x, 1, 0, 2))
              .hasMessage(
                  from + " cannot be turned into " + to + " where no signal is left, a = 0");
        } else {
          from.convert(to, value, x, 1, 0, 2);
          double noise = from == Prediction.NOISE ? 0.4 : from == Prediction.SCORE ? -0.8 : -0.7;
          double denoised = from == Prediction.DENOISED ? 0.4 : -0.2; // v = -b D
          assertThat(value[0])
              .as("%s to %s", from, to)
              .isCloseTo(to.of(denoised, noise, 0, 2), within(1e-15));
        }
      }
    }
    assertThatThrownBy(
            () ->
                Prediction.DENOISED.convert(
                    Prediction.NOISE, new double[1], new double[1], 1, 1, 0))
        .hasMessageContaining("b must be positive");
  }

  /** x = a x0 + b z with known x0 and z: all four forms are known. */
  @Test
  void the_four_forms_are_those_of_the_literature() {
    double x0 = 1.3;
    double z = -0.4;
    for (double[] ab : SCALES) {
      double a = ab[0];
      double b = ab[1];
      double x = a * x0 + b * z;
      assertThat(Prediction.DENOISED.fromDenoised(x0, x, a, b)).isEqualTo(x0);
      assertThat(Prediction.NOISE.fromDenoised(x0, x, a, b)).isCloseTo(z, within(1e-14));
      assertThat(Prediction.SCORE.fromDenoised(x0, x, a, b)).isCloseTo(-z / b, within(1e-13));
      assertThat(Prediction.VELOCITY.fromDenoised(x0, x, a, b))
          .isCloseTo(a * z - b * x0, within(1e-13));
    }
  }

  @Test
  void only_the_first_numbers_are_rewritten() {
    double[] values = {1, 1, 1};
    Prediction.NOISE.convert(Prediction.SCORE, values, new double[] {2, 2}, 2, 1, 0.5);
    assertThat(values).containsExactly(new double[] {-2, -2, 1}, within(1e-15));
  }
}
