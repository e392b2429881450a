package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langevin.math.NamedArray;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsNatives
class TrainerTest {
  private static final int ROWS = 23;

  /** Both with dropout; the larger batches fall into two shares. */
  static List<TrainingSettings> settings() {
    return List.of(
        Samples.settings(Samples.SMALL_UNET).withBatch(130),
        Samples.settings(Samples.SMALL_MLP).withBatch(300),
        Samples.settings(new UNet(1, 4, 4, 1, 8, new int[] {1, 2}, 1, true, 0.1)));
  }

  @AfterEach
  void allProcessorsAgain() {
    Backend.threads(Runtime.getRuntime().availableProcessors());
  }

  private static void steps(Trainer trainer, int count) {
    for (int i = 0; i < count; i++) {
      trainer.step();
    }
  }

  private static Checkpoint after(TrainingSettings settings, int steps) {
    try (Trainer trainer = Samples.trainer(settings, ROWS)) {
      steps(trainer, steps);
      return trainer.checkpoint();
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void equalSettingsGiveEqualBytes(TrainingSettings settings) {
    assertThat(after(settings, 20)).isEqualTo(after(settings, 20));
    assertThat(after(settings.withSeed(43), 20).arrays())
        .as("power: another seed")
        .isNotEqualTo(after(settings, 20).arrays());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theNumberOfThreadsDoesNotMatter(TrainingSettings settings) {
    Backend.threads(1);
    Checkpoint one = after(settings, 12);
    Backend.threads(2);
    assertThat(after(settings, 12)).isEqualTo(one);
    Backend.threads(3);
    assertThat(after(settings, 12)).isEqualTo(one);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aRestoredRunGoesOnAsIfNothingHadHappened(TrainingSettings settings) {
    Checkpoint whole = after(settings, 20);
    Checkpoint half = after(settings, 10);
    try (Trainer trainer = Samples.trainer(settings.withSeed(42), ROWS)) {
      steps(trainer, 3); // not at its beginning
      trainer.restore(half);
      assertThat(trainer.steps()).isEqualTo(10);
      assertThat(trainer.checkpoint()).isEqualTo(half);
      steps(trainer, 10);
      assertThat(trainer.checkpoint()).isEqualTo(whole);
    }
  }

  @Test
  void everyArrayOfACheckpointMatters() {
    TrainingSettings settings = Samples.settings(Samples.SMALL_MLP);
    Checkpoint half = after(settings, 10);
    Checkpoint whole = after(settings, 11);
    for (String part :
        List.of(
            Checkpoint.MODEL, Checkpoint.EMA, Checkpoint.FIRST_MOMENT, Checkpoint.SECOND_MOMENT)) {
      try (Trainer trainer = Samples.trainer(settings, ROWS)) {
        trainer.restore(new Checkpoint(settings, 10, shaken(half.arrays(), part)));
        trainer.step();
        assertThat(trainer.checkpoint()).as(part).isNotEqualTo(whole);
      }
    }
  }

  private static List<NamedArray> shaken(List<NamedArray> arrays, String part) {
    List<NamedArray> shaken = new ArrayList<>();
    for (NamedArray array : arrays) {
      float[] values = array.values().clone();
      if (array.name().equals(part + "proj_in.weight")) {
        values[0] += 1;
      }
      shaken.add(new NamedArray(array.name(), array.shape(), values));
    }
    return shaken;
  }

  @Test
  void theLossIsOneAtTheStartAndFalls() {
    Mlp plain = new Mlp(2, 32, 2, 0);
    TrainingSettings settings =
        Samples.settings(plain).withBatch(256).withSteps(150).withLearningRate(5e-3);
    float[] twoPoints = {-0.4f, -0.4f, 0.4f, 0.4f};
    try (Trainer trainer = new Trainer(settings, twoPoints, 2)) {
      double first = 0;
      double last = 0;
      for (int i = 0; i < 150; i++) {
        double loss = trainer.step();
        first += i < 5 ? loss / 5 : 0;
        last += i >= 130 ? loss / 20 : 0;
      }
      // 1280 rows × 2 coordinates of variance near 1: standard error 0.03
      assertThat(first).isBetween(0.85, 1.15);
      assertThat(last).isLessThan(0.65);
    }
  }

  @Test
  void memoryStaysFlatOverHundredsOfSteps() {
    TrainingSettings settings = Samples.settings(Samples.SMALL_UNET).withBatch(64);
    try (Trainer trainer = Samples.trainer(settings, ROWS)) {
      steps(trainer, 40);
      long counted = Pointer.totalBytes();
      long objects = Pointer.totalCount();
      long resident = Pointer.physicalBytes();
      steps(trainer, 250);
      assertThat(Pointer.totalBytes()).isEqualTo(counted);
      assertThat(Pointer.totalCount()).isEqualTo(objects);
      // one step's activations are about 5 MB: kept, they would be 1.2 GB
      assertThat(Pointer.physicalBytes() - resident).isLessThan(150L << 20);
    }
  }

  @Test
  void closingFreesEverything() {
    after(Samples.settings(Samples.SMALL_UNET), 2);
    long objects = Pointer.totalCount();
    for (int i = 0; i < 5; i++) {
      try (Trainer trainer = Samples.trainer(Samples.settings(Samples.SMALL_UNET), ROWS);
          NetworkDenoiser denoiser = trainer.denoiser()) {
        trainer.step();
        double[] y = new double[denoiser.dimension()];
        denoiser.denoise(y, 1, 0.5, new double[y.length]);
      }
    }
    assertThat(Pointer.totalCount()).isEqualTo(objects);
  }

  @Test
  void aRunThatLeavesTheFiniteNumbersStopsAndSaysWhere() {
    TrainingSettings wild = Samples.settings(Samples.SMALL_MLP).withLearningRate(1e30);
    try (Trainer trainer = Samples.trainer(wild, ROWS)) {
      assertThatExceptionOfType(TrainingFailure.class)
          .isThrownBy(() -> steps(trainer, 20))
          .withMessageContaining("at step " + trainer.steps())
          .satisfies(failure -> assertThat(failure.step()).isEqualTo(trainer.steps()))
          .satisfies(failure -> assertThat(failure.tensor()).isNotEmpty());
    }
  }

  @Test
  void aWeightThatIsNotFiniteIsNamed() {
    TrainingSettings settings = Samples.settings(Samples.SMALL_MLP);
    Checkpoint start = after(settings, 0);
    List<NamedArray> arrays = shaken(start.arrays(), Checkpoint.MODEL);
    for (NamedArray array : arrays) {
      if (array.name().equals("model.blocks.1.linear_1.weight")) {
        array.values()[3] = Float.NaN;
      }
    }
    try (Trainer trainer = Samples.trainer(settings, ROWS)) {
      trainer.restore(new Checkpoint(settings, 4, arrays));
      assertThatExceptionOfType(TrainingFailure.class)
          .isThrownBy(trainer::step)
          .withMessageContaining("step 4 in blocks.1.linear_1.weight");
      assertThatExceptionOfType(TrainingFailure.class).isThrownBy(trainer::checkpoint);
    }
  }

  @Test
  void wrongDataAndCheckpointsAreRefused() {
    TrainingSettings settings = Samples.settings(Samples.SMALL_MLP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(settings, new float[7], 2))
        .withMessageContaining("2 × 3")
        .withMessageContaining("7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(settings, new float[0], 0))
        .withMessageContaining("rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(settings, new float[] {0, Float.NaN, 0}, 1))
        .withMessage("data[1] must be finite, got NaN");
    Checkpoint other = after(Samples.settings(new Mlp(3, 8, 2, 0.2)), 0);
    try (Trainer trainer = Samples.trainer(settings, ROWS)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.restore(other))
          .withMessageContaining("architecture");
      List<NamedArray> few = trainer.checkpoint().arrays().subList(0, 30);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.restore(new Checkpoint(settings, 1, few)))
          .withMessageContaining("lack");
      assertThat(trainer.steps()).isZero();
    }
  }

  /** Rows of class 0 lie at -1, those of class 1 at 1: with labels their noised points are told apart, and "none" (label 2) lies between. */
  @Test
  void labelsAreLearned() {
    float[] data = new float[200];
    int[] classes = new int[200];
    for (int i = 0; i < 200; i++) {
      classes[i] = i % 2;
      data[i] = 2 * classes[i] - 1;
    }
    TrainingSettings settings =
        TrainingSettings.defaults(new Mlp(1, 32, 1, 0, 3), 1).withBatch(64).withSteps(300).withLearningRate(5e-3);
    try (Trainer trainer = new Trainer(settings, data, 200, new Labels(classes, 0.3))) {
      steps(trainer, 300);
      try (NetworkDenoiser denoiser = trainer.denoiser()) {
        double[] out = new double[3];
        double[] one = new double[1];
        for (int label = 0; label < 3; label++) {
          denoiser.given(label).denoise(new double[] {0}, 1, 2.0, one);
          out[label] = one[0];
        }
        assertThat(out[0]).isLessThan(-0.8);
        assertThat(out[1]).isGreaterThan(0.8);
        assertThat(out[2]).isBetween(-0.3, 0.3);
      }
    }
  }

  @Test
  void labelsAreAskedForExactlyWhereTheNetworkTakesThem() {
    TrainingSettings with = Samples.settings(new Mlp(3, 8, 1, 0, 2));
    TrainingSettings without = Samples.settings(new Mlp(3, 8, 1, 0));
    float[] data = new float[6];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(with, data, 2))
        .withMessageContaining("labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(without, data, 2, new Labels(new int[2], 0)))
        .withMessageContaining("labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(with, data, 2, new Labels(new int[] {0, 2}, 0)))
        .withMessageContaining("labels[1] must be from 0 to 1, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(with, data, 2, new Labels(new int[3], 0)))
        .withMessageContaining("one for each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Labels(new int[3], 1.5))
        .withMessageContaining("dropped");
  }

  @Test
  void frozenNumbersStay() {
    UNet2D fourier = Samples.unet2D(java.util.Map.of("time_embedding_type", "positional"));
    TrainingSettings settings = Samples.settings(fourier).withBatch(6);
    try (Trainer trainer = Samples.trainer(settings, ROWS)) {
      double first = trainer.step();
      steps(trainer, 40);
      assertThat(trainer.step()).isLessThan(first);
    }
  }
}
