package dev.langevin.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogScaleTest {
  @Test
  void logisticAndItsLogarithmAgreeWhereBothAreOrdinary() {
    for (double u = -20; u <= 20; u += 0.37) {
      double plain = 1 / (1 + StrictMath.exp(-u));
      assertThat(LogScale.logistic(u)).isCloseTo(plain, within(1e-15));
      assertThat(LogScale.logLogistic(u)).isCloseTo(StrictMath.log(plain), within(1e-8));
      assertThat(LogScale.logistic(u) + LogScale.logistic(-u)).isCloseTo(1, within(1e-15));
      assertThat(LogScale.log1pExp(u))
          .isCloseTo(StrictMath.log(1 + StrictMath.exp(u)), within(1e-14));
    }
  }

  @Test
  void tailsNeitherOverflowNorVanish() {
    assertThat(LogScale.logistic(-700)).isCloseTo(StrictMath.exp(-700), within(1e-315));
    assertThat(LogScale.logistic(800)).isEqualTo(1);
    assertThat(LogScale.logLogistic(-1e5)).isEqualTo(-1e5);
    assertThat(LogScale.log1pExp(1e5)).isEqualTo(1e5);
    assertThat(LogScale.log1pExp(-40)).isEqualTo(StrictMath.exp(-40));
  }

  @Test
  void sumsOfExponentialsAreTakenAtTheLargest() {
    assertThat(LogScale.sum(1000, 1000)).isCloseTo(1000 + StrictMath.log(2), within(1e-12));
    assertThat(LogScale.sum(-1000, -1001, -1002))
        .isCloseTo(-1000 + 0.4076059644443804, within(1e-12));
    assertThat(LogScale.sum(Double.NEGATIVE_INFINITY, 3)).isEqualTo(3);
    assertThat(LogScale.sum(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogScale.sum(new double[0])).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogScale.sum(Double.NaN, 1)).isNaN();
    assertThat(LogScale.sum(1, 2, Double.NaN)).isNaN();
  }
}
