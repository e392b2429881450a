package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.objective.EdmObjective;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int ROWS = 11;
  private final EdmObjective objective = new EdmObjective(-1, 1.1, 0.7);

  private Batches batches(float[] data, int d, int batch) {
    Network network = Network.of(new Mlp(d, 8, 1, 0));
    return new Batches(data, ROWS, d, batch, objective, network, null, 0, Seed.of(5));
  }

  @Test
  void theTargetIsWhatMakesTheDenoisedPointTheCleanOne() {
    float[] data = new float[ROWS * 2];
    for (int i = 0; i < data.length; i++) {
      data[i] = 3; // the same everywhere, so that the clean value is known whatever the order
    }
    Batches batches = batches(data, 2, 6);
    batches.fill(17);
    for (int i = 0; i < 6; i++) {
      double sigma = sigma(batches, i);
      double y = batches.inputs[2 * i] / objective.cIn(sigma);
      double x = objective.cSkip(sigma) * y + objective.cOut(sigma) * batches.targets[2 * i];
      assertThat(x).isCloseTo(3, within(1e-4));
    }
  }

  /** The noise level, read back from its slowest sine: within a quarter turn. */
  private static double sigma(Batches batches, int row) {
    double angle = Math.asin(batches.noise[row * NoiseFeatures.COUNT]);
    return Math.exp(4 * angle / (2 * Math.PI / 16));
  }

  @Test
  void everyPassShowsEveryRowOnceInAnotherOrder() {
    float[] data = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      data[i] = 100 * i; // far apart beside the noise
    }
    Batches batches = batches(data, 1, ROWS);
    int[][] orders = new int[3][ROWS];
    for (int step = 0; step < 3; step++) {
      batches.fill(step);
      for (int i = 0; i < ROWS; i++) {
        double sigma = sigma(batches, i);
        orders[step][i] = (int) Math.rint(batches.inputs[i] / objective.cIn(sigma) / 100);
      }
      assertThat(orders[step]).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }
    assertThat(orders[0]).isNotEqualTo(orders[1]);
    assertThat(orders[1]).isNotEqualTo(orders[2]);
  }

  @Test
  void aBatchDependsOnTheStepAndNotOnTheOnesBefore() {
    float[] data = Samples.normal(Seed.of(1), ROWS * 3, 1);
    Batches all = batches(data, 3, 4);
    for (int step = 0; step <= 9; step++) {
      all.fill(step);
    }
    Batches one = batches(data, 3, 4);
    one.fill(9);
    assertThat(one.inputs).isEqualTo(all.inputs);
    assertThat(one.targets).isEqualTo(all.targets);
    assertThat(one.noise).isEqualTo(all.noise);
    one.fill(8);
    assertThat(one.inputs).isNotEqualTo(all.inputs);
  }

  @Test
  void aBatchMayBeLongerThanTheData() {
    Batches batches = batches(new float[ROWS], 1, 3 * ROWS + 2);
    batches.fill(1);
    assertThat(batches.inputs).hasSize(35).doesNotContain(Float.NaN);
  }

  @Test
  void noiseFeaturesTellLevelsApart() {
    float[] features = new float[2 * NoiseFeatures.COUNT];
    NoiseFeatures.fill(0.25 * Math.log(0.002), features, 0);
    NoiseFeatures.fill(0.25 * Math.log(0.0021), features, 1);
    double distance = 0;
    for (int j = 0; j < NoiseFeatures.COUNT; j++) {
      distance += Math.abs(features[j] - features[NoiseFeatures.COUNT + j]);
    }
    assertThat(distance).isGreaterThan(0.5);
  }

  /** 4000 labels, a quarter dropped: standard error 0.0068; five of them, false alarm below 1e-6. */
  @Test
  void labelsAreTheRowsOwnOrNone() {
    float[] data = new float[ROWS];
    int[] labels = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      data[i] = 1000 * i;
      labels[i] = i % 3;
    }
    Batches batches =
        new Batches(
            data,
            ROWS,
            1,
            4000,
            objective,
            Network.of(new Mlp(1, 8, 1, 0, 4)),
            new Labels(labels, 0.25),
            4,
            Seed.of(5));
    batches.fill(3);
    int none = 0;
    for (int i = 0; i < 4000; i++) {
      int row = (int) Math.rint(batches.inputs[i] / objective.cIn(sigma(batches, i)) / 1000);
      assertThat(batches.labels[i]).isIn(3f, (float) (row % 3));
      none += batches.labels[i] == 3 ? 1 : 0;
    }
    assertThat(none / 4000.0).isCloseTo(0.25, within(0.034));
    float[] first = batches.labels.clone();
    batches.fill(4);
    batches.fill(3);
    assertThat(batches.labels).isEqualTo(first);
  }
}
