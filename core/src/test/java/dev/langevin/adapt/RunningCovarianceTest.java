package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

class RunningCovarianceTest {
  /** (1, 4), (2, 0), (6, 2): means 3 and 2; products 14, 8, and -2·2 - 1·(-2) + 3·0 = -2; divided by 2, times 3/8. */
  @Test
  void threePointsGiveTheHandComputedCovariance() {
    RunningCovariance covariance = new RunningCovariance(2);
    covariance.add(new double[] {1, 4});
    covariance.add(new double[] {2, 0});
    covariance.add(new double[] {6, 2});
    assertThat(covariance.count()).isEqualTo(3);
    assertThat(covariance.mean()).containsExactly(new double[] {3, 2}, within(1e-15));
    double[][] found = covariance.regularised();
    assertThat(found[0]).containsExactly(new double[] {2.625 + 0.000625, -0.375}, within(1e-15));
    assertThat(found[1]).containsExactly(new double[] {-0.375, 1.5 + 0.000625}, within(1e-15));
  }

  /** Far from the origin, where the sum of products less the product of sums has no digit left. */
  @Test
  void itIsThatOfTwoPasses() {
    int n = 500;
    double[][] x = new double[n][3];
    AddressedRandom random = Seed.of(20).child("covariance").random();
    RunningCovariance covariance = new RunningCovariance(3);
    double[] mean = new double[3];
    for (double[] point : x) {
      double common = random.nextGaussian();
      for (int i = 0; i < 3; i++) {
        point[i] = 1e8 * i + common * (i - 1) + random.nextGaussian();
        mean[i] += point[i] / n;
      }
      covariance.add(point);
    }
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        for (double[] point : x) {
          sum += (point[i] - mean[i]) * (point[j] - mean[j]);
        }
        double expected = n / (n + 5.0) * sum / (n - 1) + (i == j ? 1e-3 * 5 / (n + 5) : 0);
        assertThat(covariance.regularised()[i][j]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void aRestartForgets() {
    RunningCovariance covariance = new RunningCovariance(1);
    covariance.add(new double[] {100});
    covariance.restart();
    assertThat(covariance.count()).isZero();
    assertThat(covariance.mean()).containsExactly(0);
    assertThatThrownBy(covariance::regularised)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a covariance needs two points, got 0");
    covariance.add(new double[] {1});
    covariance.add(new double[] {3});
    double[][] found = covariance.regularised();
    assertThat(found[0][0]).isCloseTo(2 / 7.0 * 2 + 5 / 7.0 * 1e-3, within(1e-15));
  }
}
