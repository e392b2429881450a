package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictionTest {
  private static final double[][] SCALES = {{1, 0.3}, {1, 80}, {0.6, 0.8}, {0.02, 0.9998}, {2, 7}};

  @ParameterizedTest
  @EnumSource
  void every_form_inverts_into_every_other(Prediction from) {
    for (Prediction to : Prediction.values()) {
      for (double[] ab : SCALES) {
        double[] x = {-3, 0.4, 12};
        double[] values = {0.7, -1.9, 3.3};
        double[] moved = values.clone();
        from.convert(to, moved, x, 3, ab[0], ab[1]);
        to.convert(from, moved, x, 3, ab[0], ab[1]);
        for (int i = 0; i < 3; i++) {
          // rounding is of the size of the denoised point in between
          double size = Math.abs(from.toDenoised(values[i], x[i], ab[0], ab[1])) + Math.abs(x[i]);
          assertThat(moved[i])
              .as("%s to %s at a = %s, b = %s", from, to, ab[0], ab[1])
              .isCloseTo(values[i], within(1e-14 * size / Math.min(1, ab[1] * ab[1])));
        }
      }
    }
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
