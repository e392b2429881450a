package dev.langevin.anneal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final double[] LOGS = {0, Math.log(2), Math.log(3), Double.NEGATIVE_INFINITY};

  @Test
  void reweighingNormalisesAndTellsTheMean() {
    Weights weights = new Weights(4);
    assertThat(weights.effective()).isEqualTo(4);
    assertThat(weights.reweigh(LOGS, 1)).isCloseTo(Math.log(1.5), within(1e-15));
    assertThat(weights.of(2)).isCloseTo(0.5, within(1e-15));
    assertThat(weights.effective()).isCloseTo(36 / 14.0, within(1e-14));
    assertThat(weights.lineages()).isEqualTo(3);
    assertThat(weights.reweigh(LOGS, -1)).isCloseTo(Math.log(0.5), within(1e-15));
    assertThat(weights.of(0)).isCloseTo(1 / 3.0, within(1e-15));
  }

  /** (Σ W w)²/Σ W w² by hand: (6/4)²/(14/4). */
  @Test
  void theConditionalEffectiveSizeIsThatOfTheIncrements() {
    Weights weights = new Weights(4);
    assertThat(weights.conditional(LOGS, 1)).isCloseTo(9 / 14.0, within(1e-15));
    weights.reweigh(LOGS, 1);
    assertThat(weights.conditional(new double[] {5, 5, 5, 900}, 1)).isCloseTo(1, within(1e-15));
  }

  @Test
  void systematicResamplingRoundsEachShareUpOrDownAndIsUnbiased() {
    AddressedRandom random = Seed.of(33).random();
    double[] logs = new double[50];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = 2 * random.nextGaussian();
    }
    double[] mean = new double[50];
    int rounds = 2000;
    for (int r = 0; r < rounds; r++) {
      Weights weights = new Weights(50);
      weights.reweigh(logs, 1);
      int[] copies = new int[50];
      double[] share = new double[50];
      for (int i = 0; i < 50; i++) {
        share[i] = 50 * weights.of(i);
      }
      for (int ancestor : weights.resample((r + 0.5) / rounds)) {
        copies[ancestor]++;
      }
      for (int i = 0; i < 50; i++) {
        assertThat((double) copies[i]).isBetween(Math.floor(share[i]), Math.ceil(share[i]));
        mean[i] += (copies[i] - share[i]) / rounds;
      }
    }
    for (double bias : mean) {
      assertThat(bias).isCloseTo(0, within(2.0 / rounds)); // u on a grid: off by a cell or two
    }
  }

  /** Without resampling: the variance of the mean of weights over its square, with n - 1. */
  @Test
  void withoutResamplingTheVarianceIsTheSampleVarianceOfTheWeights() {
    Weights weights = new Weights(3);
    weights.reweigh(new double[] {0, Math.log(2), Math.log(6)}, 1);
    assertThat(weights.relativeVariance()).isCloseTo(7 / 9.0 / 3, within(1e-14)); // s² = 7, mean 3
  }

  @Test
  void resamplingEqualWeightsChangesNothing() {
    Weights weights = new Weights(5);
    assertThat(weights.resample(0.3)).containsExactly(0, 1, 2, 3, 4);
    assertThat(weights.relativeVariance()).isCloseTo(0, within(1e-15));
    assertThat(weights.lineages()).isEqualTo(5);
  }
}
