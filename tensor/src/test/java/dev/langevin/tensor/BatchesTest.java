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
    return new Batches(
        Rows.of(data, ROWS, d),
        batch,
        objective,
        network,
        null,
        0,
        TrainingOptions.USUAL,
        d,
        Seed.of(5));
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
            Rows.of(data, ROWS, 1),
            4000,
            objective,
            Network.of(new Mlp(1, 8, 1, 0, 4)),
            new Labels(labels, 0.25),
            4,
            TrainingOptions.USUAL,
            1,
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

  private Batches with(TrainingOptions options, float[] data, int d, int width, int batch) {
    Network network = Network.of(new Mlp(d, 8, 1, 0));
    return new Batches(
        Rows.of(data, ROWS, d), batch, objective, network, null, 0, options, width, Seed.of(5));
  }

  @Test
  void aboutHalfTheImagesAreMirroredLineByLineAndTheNoiseIsNot() {
    float[] data = new float[ROWS * 6];
    for (int i = 0; i < data.length; i++) {
      data[i] = 1000 * (i % 6); // two lines of three
    }
    int n = 400;
    TrainingOptions flips = new TrainingOptions(LevelDraws.SPREAD, Precision.FP32, 1, true);
    Batches plain = with(TrainingOptions.USUAL, data, 6, 3, n);
    Batches mirrored = with(flips, data, 6, 3, n);
    plain.fill(2);
    mirrored.fill(2);
    int count = 0;
    for (int i = 0; i < n; i++) {
      double scale = 1000 * objective.cIn(sigma(plain, i));
      double moved = (mirrored.inputs[6 * i] - plain.inputs[6 * i]) / scale;
      boolean flipped = Math.rint(moved) == 2;
      count += flipped ? 1 : 0;
      int[] expected = flipped ? new int[] {2, 0, -2, 2, 0, -2} : new int[6];
      for (int j = 0; j < 6; j++) {
        double shift = (mirrored.inputs[6 * i + j] - plain.inputs[6 * i + j]) / scale;
        assertThat(shift).isCloseTo(expected[j], within(1e-2));
      }
    }
    assertThat(count).isBetween(200 - 49, 200 + 49); // 4.9 standard deviations of 10
  }

  @Test
  void importanceShowsCostlyLevelsMoreOftenAndWeighsThemLess() {
    int n = 200;
    TrainingOptions options = new TrainingOptions(LevelDraws.IMPORTANCE, Precision.FP32, 1, false);
    Batches batches = with(options, new float[ROWS], 1, 1, n);
    for (int step = 0; step < 40; step++) {
      batches.fill(step);
      float[] squares = new float[n];
      for (int i = 0; i < n; i++) {
        squares[i] = sigma(batches, i) > Math.exp(-1) ? 9 : 1; // the upper half of the law
      }
      batches.observe(squares);
    }
    batches.fill(40);
    double above = 0;
    double total = 0;
    for (int i = 0; i < n; i++) {
      above += sigma(batches, i) > Math.exp(-1) ? 1.0 / n : 0;
      total += batches.weights[i] / n;
    }
    assertThat(above).isCloseTo(0.9, within(0.02));
    assertThat(total).isCloseTo(1, within(0.02)); // the weights' mean is that of the law
    Batches other = with(options, new float[ROWS], 1, 1, n);
    other.restore(batches.memory());
    other.fill(41);
    batches.fill(41);
    assertThat(other.inputs).isEqualTo(batches.inputs);
    assertThat(other.weights).isEqualTo(batches.weights);
  }

  @Test
  void independentLevelsAreNotSpreadEvenly() {
    Batches spread = with(TrainingOptions.USUAL, new float[ROWS], 1, 1, 64);
    Batches lone =
        with(
            new TrainingOptions(LevelDraws.INDEPENDENT, Precision.FP32, 1, false),
            new float[ROWS],
            1,
            1,
            64);
    spread.fill(0);
    lone.fill(0);
    assertThat(unevenness(spread)).isLessThanOrEqualTo(1);
    assertThat(unevenness(lone)).isGreaterThan(1);
  }

  /** How far the numbers of levels in 16 equally likely classes are from 4. */
  private int unevenness(Batches batches) {
    int worst = 0;
    for (int k = 0; k < 16; k++) {
      int count = 0;
      for (int i = 0; i < 64; i++) {
        double sigma = sigma(batches, i);
        boolean above = k == 0 || sigma > objective.levelLaw().quantile(k / 16.0);
        boolean below = k == 15 || sigma <= objective.levelLaw().quantile((k + 1) / 16.0);
        count += above && below ? 1 : 0;
      }
      worst = Math.max(worst, Math.abs(count - 4));
    }
    return worst;
  }
}
