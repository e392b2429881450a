package dev.langevin.anneal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LadderTest {
  @Test
  void aMonotoneCubicPassesItsKnotsAndNeverTurns() {
    double[] x = {0, 0.5, 2, 2.1, 7};
    double[] y = {0, 0, 1, 5, 5.5};
    MonotoneCubic curve = new MonotoneCubic(x, y);
    for (int k = 0; k < x.length; k++) {
      assertThat(curve.at(x[k])).isCloseTo(y[k], within(1e-12));
    }
    double before = 0;
    for (int i = 0; i <= 7000; i++) {
      double value = curve.at(i / 1000.0);
      assertThat(value).isGreaterThanOrEqualTo(before - 1e-12);
      before = value;
    }
  }

  @Test
  void aStraightLineStaysOne() {
    MonotoneCubic curve = new MonotoneCubic(new double[] {1, 2, 4}, new double[] {3, 5, 9});
    assertThat(curve.at(1.3)).isCloseTo(3.6, within(1e-12));
    assertThat(curve.at(3.5)).isCloseTo(8, within(1e-12));
  }

  /** Where the barrier up to β is 3 sqrt(β), equal steps of it are at β_k = (k/n)². */
  @Test
  void theLadderStandsAtEqualStepsOfTheBarrier() {
    double[] beta = Ladder.first(40);
    double[] rejections = new double[39];
    for (int k = 0; k < 39; k++) {
      rejections[k] = 3 * (Math.sqrt(beta[k + 1]) - Math.sqrt(beta[k]));
    }
    double[] next = Ladder.equalised(beta, rejections, 6);
    assertThat(Ladder.barrier(rejections)).isCloseTo(3, within(1e-12));
    for (int k = 0; k < 6; k++) {
      assertThat(next[k]).isCloseTo(k * k / 25.0, within(2e-3));
    }
  }

  @Test
  void nothingRejectedIsALadderToo() {
    double[] next = Ladder.equalised(new double[] {0, 0.2, 1}, new double[2], 3);
    assertThat(next).isSorted().startsWith(0).endsWith(1);
    assertThat(next[1]).isCloseTo(0.2, within(1e-9));
  }
}
