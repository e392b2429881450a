package dev.langevin.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalQuantileTest {
  private static final NormalDistribution ORACLE = NormalDistribution.of(0, 1);

  @Test
  void it_agrees_with_commons_statistics_over_300_decades() {
    for (double p = 1e-300; p < 0.5; p *= 1.07) {
      double expected = ORACLE.inverseCumulativeProbability(p);
      assertThat(NormalQuantile.of(p))
          .as("p = %s", p)
          .isCloseTo(expected, within(2e-15 * Math.abs(expected) + 2e-16));
    }
  }

  @Test
  void it_agrees_with_commons_statistics_in_the_middle() {
    for (int i = 1; i < 10_000; i++) {
      double p = i / 10_000.0;
      double expected = ORACLE.inverseCumulativeProbability(p);
      assertThat(NormalQuantile.of(p))
          .as("p = %s", p)
          .isCloseTo(expected, within(2e-15 * Math.abs(expected) + 2e-16));
    }
  }

  @Test
  void it_is_odd_about_one_half() {
    for (double p = 0x1p-40; p < 0.5; p *= 1.5) {
      assertThat(NormalQuantile.of(1 - p)).isEqualTo(-NormalQuantile.of(1 - (1 - p)));
    }
    assertThat(NormalQuantile.of(0.5)).isZero();
  }

  @Test
  void it_increases_across_the_seams_of_its_pieces() {
    for (double seam : new double[] {0.075, 0.925, StrictMath.exp(-25)}) {
      double before = NormalQuantile.of(seam * (1 - 1e-13));
      assertThat(NormalQuantile.of(seam * (1 + 1e-13))).isGreaterThan(before);
    }
  }

  @Test
  void the_ends_are_infinite() {
    assertThat(NormalQuantile.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(NormalQuantile.of(1)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.0000001, Double.NaN})
  void what_is_no_probability_is_refused(double p) {
    assertThatThrownBy(() -> NormalQuantile.of(p))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("p must be between 0 and 1, got " + p);
  }
}
