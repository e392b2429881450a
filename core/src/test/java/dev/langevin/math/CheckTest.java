package dev.langevin.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CheckTest {
  @Test
  void what_is_right_comes_back() {
    assertThat(Check.positive("h", 0.5)).isEqualTo(0.5);
    assertThat(Check.notNegative("h", 0)).isZero();
    assertThat(Check.finite("h", -3)).isEqualTo(-3);
    assertThat(Check.inside("p", 0.5, 0, 1)).isEqualTo(0.5);
    assertThat(Check.between("k", 3, 3, 3)).isEqualTo(3);
    assertThat(Check.atLeast("n", 2, 1)).isEqualTo(2);
  }

  @Test
  void what_is_wrong_is_named_with_its_constraint_and_value() {
    refused(() -> Check.positive("stepSize", -1), "stepSize must be positive and finite, got -1.0");
    refused(
        () -> Check.positive("stepSize", Double.NaN),
        "stepSize must be positive and finite, got NaN");
    refused(
        () -> Check.notNegative("x", Double.POSITIVE_INFINITY),
        "x must be zero or positive, and finite, got Infinity");
    refused(() -> Check.finite("x", Double.NaN), "x must be finite, got NaN");
    refused(() -> Check.inside("p", 1, 0, 1), "p must be strictly between 0.0 and 1.0, got 1.0");
    refused(() -> Check.between("k", 4, 1, 3), "k must be between 1 and 3, got 4");
    refused(() -> Check.atLeast("n", 0, 1), "n must be at least 1, got 0");
    refused(() -> Check.length("v", new double[2], 3), "v must be of length 3, got length 2");
    refused(
        () -> Check.allFinite("v", new double[] {0, Double.NaN}), "v[1] must be finite, got NaN");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }
}
