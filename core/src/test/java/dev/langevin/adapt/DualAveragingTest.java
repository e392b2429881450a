package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DualAveragingTest {
  /**
   * By hand, from mu = log 5: first s = 0.3/11, x = log 5 - 20 s, xbar = x; then s = (11/12) s - 0.2/12, x = log 5 - 20 sqrt(2) s,
   * weight 2^-0.75; and so on.
   */
  @Test
  void theFirstStepsAreTheHandComputedOnes() {
    DualAveraging averaging = new DualAveraging(0.8, 0.5);
    assertThat(averaging.learn(0.5)).isCloseTo(2.8978913939240467, within(1e-12));
    assertThat(averaging.average()).isCloseTo(2.8978913939240467, within(1e-12));
    assertThat(averaging.learn(1.0)).isCloseTo(3.95007928964173, within(1e-12));
    assertThat(averaging.average()).isCloseTo(3.4839377018624207, within(1e-12));
    assertThat(averaging.learn(0.9)).isCloseTo(5, within(1e-12));
    assertThat(averaging.average()).isCloseTo(4.0822621132566335, within(1e-12));
  }

  @Test
  void aRestartForgets() {
    DualAveraging averaging = new DualAveraging(0.8, 7);
    averaging.learn(0.1);
    averaging.restart(0.5);
    assertThatThrownBy(averaging::average).isInstanceOf(IllegalStateException.class);
    assertThat(averaging.learn(0.5)).isCloseTo(2.8978913939240467, within(1e-12));
  }

  /** Acceptance exp(-eps) + noise: the root of exp(-eps) = target is -log target. Average over seeds within 3 %. */
  @Test
  void itFindsTheStepSizeOfTheTarget() {
    for (double target : new double[] {0.3, 0.8}) {
      double sum = 0;
      for (int seed = 0; seed < 20; seed++) {
        sum += converged(target, Seed.of(seed).random());
      }
      assertThat(sum / 20).isCloseTo(-Math.log(target), within(0.03 * -Math.log(target)));
    }
  }

  private static double converged(double target, RandomGenerator random) {
    DualAveraging averaging = new DualAveraging(target, 1);
    double eps = 1;
    for (int i = 0; i < 2000; i++) {
      double noise = 0.2 * (random.nextDouble() - 0.5);
      eps = averaging.learn(Math.max(0, Math.exp(-eps) + noise * Math.exp(-eps)));
    }
    return averaging.average();
  }

  @Test
  void thousandsOfRejectionsLeaveAPositiveStep() {
    DualAveraging averaging = new DualAveraging(0.9, 1);
    for (int i = 0; i < 100_000; i++) {
      assertThat(averaging.learn(0)).isPositive();
    }
    assertThat(averaging.average()).isPositive();
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new DualAveraging(1, 1))
        .hasMessage("target must be strictly between 0.0 and 1.0, got 1.0");
    assertThatThrownBy(() -> new DualAveraging(0.5, 0))
        .hasMessage("stepSize must be positive and finite, got 0.0");
  }
}
