package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunningVarianceTest {
  /** 1, 2, 6: mean 3, sum of squares 14, s² = 7. Regularised with n = 3: 3/8 · 7 + 5/8 · 0.001. */
  @Test
  void threePointsGiveTheHandComputedVariance() {
    RunningVariance variance = new RunningVariance(2);
    variance.add(new double[] {1, 10});
    variance.add(new double[] {2, 10});
    variance.add(new double[] {6, 10});
    assertThat(variance.count()).isEqualTo(3);
    assertThat(variance.regularised())
        .containsExactly(new double[] {2.625 + 0.000625, 0.000625}, within(1e-15));
  }

  @Test
  void aLargeMeanDoesNotSpoilIt() {
    RunningVariance variance = new RunningVariance(1);
    for (int i = 0; i < 1000; i++) {
      variance.add(new double[] {1e9 + i % 2});
    }
    double expected = 1000 / 1005.0 * (250.0 / 999) + 1e-3 * 5 / 1005;
    assertThat(variance.regularised()[0]).isCloseTo(expected, within(1e-9));
  }

  @Test
  void aRestartForgets() {
    RunningVariance variance = new RunningVariance(1);
    variance.add(new double[] {100});
    variance.restart();
    assertThat(variance.count()).isZero();
    assertThatThrownBy(variance::regularised)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a variance needs two points, got 0");
    variance.add(new double[] {1});
    variance.add(new double[] {3});
    assertThat(variance.regularised()[0]).isCloseTo(2 / 7.0 * 2 + 5 / 7.0 * 1e-3, within(1e-15));
  }
}
