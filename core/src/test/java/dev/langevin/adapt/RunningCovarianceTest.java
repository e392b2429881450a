package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunningCovarianceTest {
  /** Points (1, 2), (2, 4), (6, 0): means 3 and 2, sums of products 14, 8 and -8; n/(n+5) = 3/8, divisor 2, and 0.001 · 5/8 on the diagonal. */
  @Test
  void threePointsByHand() {
    RunningCovariance covariance = new RunningCovariance(2);
    covariance.add(new double[] {1e6, -1e6});
    covariance.restart();
    covariance.add(new double[] {1, 2});
    covariance.add(new double[] {2, 4});
    covariance.add(new double[] {6, 0});
    double[][] found = covariance.regularised();
    assertThat(covariance.count()).isEqualTo(3);
    assertThat(found[0][0]).isCloseTo(0.375 * 7 + 0.000625, within(1e-14));
    assertThat(found[1][1]).isCloseTo(0.375 * 4 + 0.000625, within(1e-14));
    assertThat(found[0][1]).isEqualTo(found[1][0]).isCloseTo(0.375 * -4, within(1e-14));
  }

  @Test
  void onePointIsNotEnough() {
    RunningCovariance covariance = new RunningCovariance(2);
    covariance.add(new double[2]);
    assertThatThrownBy(covariance::regularised).hasMessageContaining("needs two points, got 1");
  }
}
