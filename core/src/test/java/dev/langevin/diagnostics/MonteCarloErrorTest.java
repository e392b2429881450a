package dev.langevin.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class MonteCarloErrorTest {
  private static final double RHO = 0.7;
  private static final double SD = ChainsFixture.stationarySd(RHO);
  private static final int REPEATS = 300;

  @Test
  void theMeanIsAsFarOffAsItsErrorStates() {
    calibrated(MonteCarloError::mean, x -> Series.mean(Series.pooled(x)), 0);
  }

  @Test
  void theStandardDeviationIsAsFarOffAsItsErrorStates() {
    calibrated(MonteCarloError::sd, x -> Math.sqrt(Series.variance(Series.pooled(x))), SD);
  }

  @Test
  void theMedianIsAsFarOffAsItsErrorStates() {
    calibrated(MonteCarloError::median, x -> Series.quantile(Series.sorted(x), 0.5), 0);
  }

  @Test
  void aQuantileIsAsFarOffAsItsErrorStates() {
    double z90 = 1.2815515655446004;
    calibrated(
        x -> MonteCarloError.quantile(x, 0.9),
        x -> Series.quantile(Series.sorted(x), 0.9),
        z90 * SD);
  }

  /**
   * The mean of ((estimate - truth)/error)² over 300 repeats is that of χ², 1 ± 0.082, if the error is right; measured over 4000 repeats it is
   * 1.05 for the mean and 1.08 … 1.10 for the others (chains of 400 draws underestimate their autocorrelation a little). [0.6, 1.7] is
   * beyond five standard errors: false alarm below 1e-6. Twins whose error is 0.6 or 1.6 times as large fail.
   */
  private static void calibrated(
      ToDoubleFunction<double[][]> error, ToDoubleFunction<double[][]> estimate, double truth) {
    assertThat(meanSquare(error, estimate, truth)).isBetween(0.6, 1.7);
    assertThat(meanSquare(x -> 0.6 * error.applyAsDouble(x), estimate, truth)).isGreaterThan(1.7);
    assertThat(meanSquare(x -> 1.6 * error.applyAsDouble(x), estimate, truth)).isLessThan(0.6);
  }

  private static double meanSquare(
      ToDoubleFunction<double[][]> error, ToDoubleFunction<double[][]> estimate, double truth) {
    double sum = 0;
    for (int r = 0; r < REPEATS; r++) {
      double[][] x = ChainsFixture.autoregression(4, 400, RHO, Seed.of(31).child(r));
      double z = (estimate.applyAsDouble(x) - truth) / error.applyAsDouble(x);
      sum += z * z / REPEATS;
    }
    return sum;
  }

  @Test
  void errorsScaleWithTheUnit() {
    double[][] x = ChainsFixture.autoregression(4, 250, RHO, Seed.of(32));
    double[][] y = ChainsFixture.changed(x, (c, n, v) -> 1000 * v - 3);
    assertThat(MonteCarloError.mean(y) / MonteCarloError.mean(x)).isCloseTo(1000, within(1e-8));
    assertThat(MonteCarloError.sd(y) / MonteCarloError.sd(x)).isCloseTo(1000, within(1e-8));
    assertThat(MonteCarloError.median(y) / MonteCarloError.median(x)).isCloseTo(1000, within(1e-8));
    assertThat(MonteCarloError.quantile(y, 0.2) / MonteCarloError.quantile(x, 0.2))
        .isCloseTo(1000, within(1e-8));
  }

  @Test
  void whatCannotBeJudgedIsNotANumber() {
    double[][] constant = new double[2][50];
    double[][] few = {{1, 2, 3}};
    for (double[][] x : new double[][][] {constant, few}) {
      assertThat(MonteCarloError.mean(x)).isNaN();
      assertThat(MonteCarloError.sd(x)).isNaN();
      assertThat(MonteCarloError.median(x)).isNaN();
      assertThat(MonteCarloError.quantile(x, 0.3)).isNaN();
    }
    assertThatThrownBy(() -> MonteCarloError.quantile(few, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
