package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Prediction;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.DenoisingObjective;
import dev.langevin.objective.LevelLaw;
import dev.langevin.objective.NcsnPreconditioning;
import dev.langevin.objective.Objective;
import dev.langevin.objective.TimestepPreconditioning;
import dev.langevin.objective.Weighting;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsNatives
class TrainerTest {
  private static final int ROWS = 23;

  /** With dropout; the larger batches fall into two shares. The last two away from the usual in everything. */
  static List<TrainingSettings> settings() {
    return List.of(
        Samples.settings(new UNet(1, 4, 4, 1, 16, new int[] {1, 2}, 1, true, 0.1))
            .withBatch(20)
            .withOptions(new TrainingOptions(LevelDraws.IMPORTANCE, Precision.BF16, 2, true)),
        Samples.settings(Samples.SMALL_MLP)
            .withBatch(20)
            .withObjective(
                new DenoisingObjective(
                    new NcsnPreconditioning(),
                    new Weighting.MinSnr(5),
                    new LevelLaw.Ladder(0.02, 10, 12)))
            .withOptions(new TrainingOptions(LevelDraws.INDEPENDENT, Precision.BF16, 3, false)),
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
    // fewer, if the collector has found something older meanwhile
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(objects);
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

  /** Rows of class 0 are -0.5, those of class 1 are 0.5: given its class a noised point is known, and in the middle "none" (label 2) cannot tell. */
  @Test
  void labelsAreLearned() {
    float[] data = new float[200];
    int[] classes = new int[200];
    for (int i = 0; i < 200; i++) {
      classes[i] = i % 2;
      data[i] = classes[i] - 0.5f;
    }
    TrainingSettings settings =
        TrainingSettings.defaults(new Mlp(1, 32, 1, 0, 3), 1)
            .withBatch(128)
            .withSteps(400)
            .withLearningRate(5e-3);
    try (Trainer trainer = new Trainer(settings, data, 200, new Labels(classes, 0.5))) {
      steps(trainer, 400);
      try (NetworkDenoiser denoiser = trainer.denoiser()) {
        double[] out = new double[3];
        double[] one = new double[1];
        for (int label = 0; label < 3; label++) {
          denoiser.given(label).denoise(new double[] {0}, 1, 0.5, one);
          out[label] = one[0];
        }
        assertThat(out[0]).isCloseTo(-0.5, within(0.1));
        assertThat(out[1]).isCloseTo(0.5, within(0.1));
        assertThat(out[2]).isCloseTo(0, within(0.1));
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

  /** A network that answers with the noise at a timestep, from PyTorch's start, under the plain loss of DDPM. */
  @Test
  void aNetworkOfTimestepsIsTrainedFromItsOwnStart() {
    UNet2D unet = Samples.unet2D();
    DiscreteSchedule schedule = DiscreteSchedule.linear();
    Objective noise =
        new DenoisingObjective(
            new TimestepPreconditioning(Prediction.NOISE, schedule),
            new Weighting.Snr(),
            new LevelLaw.UniformTime(schedule, 1, 1000));
    List<NamedArray> start = unet.torchStart(3);
    TrainingSettings settings = Samples.settings(unet).withBatch(12).withSteps(150);
    float[] data = Samples.normal(Seed.of(3), 4 * unet.dimension(), 0.5);
    try (Trainer trainer = new Trainer(settings, noise, data, 4, null)) {
      trainer.startFrom(start);
      assertThat(trainer.checkpoint().weights()).isEqualTo(start);
      double first = trainer.step();
      assertThat(first).isBetween(0.8, 2.0); // noise of variance 1, and an answer of its own
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> trainer.startFrom(start));
      steps(trainer, 148);
      assertThat(trainer.step()).isLessThan(0.6 * first);
      double[] out = new double[unet.dimension()];
      try (NetworkDenoiser denoiser = trainer.denoiser()) {
        double sigma = schedule.sigma(432);
        denoiser.denoise(new double[out.length], 1, sigma, out);
        float[] answer = new float[out.length];
        try (NetworkFunction function = new NetworkFunction(unet, trainer.checkpoint().weights())) {
          function.apply(new float[out.length], 1, 431, answer);
        }
        for (int i = 0; i < out.length; i++) {
          assertThat(out[i]).isCloseTo(-sigma * answer[i], within(1e-4));
        }
      }
    }
  }

  /** The loss of weights that are not 1: twice the weight is twice the loss. */
  @Test
  void theLossIsWeighted() {
    TrainingSettings settings = Samples.settings(Samples.SMALL_MLP);
    float[] data = Samples.normal(Seed.of(3), 30, 0.4);
    double[] losses = new double[2];
    for (int i = 0; i < 2; i++) {
      double factor = 1 + i;
      Objective objective =
          new DenoisingObjective(
              settings.objective(),
              sigma -> factor * settings.objective().weight(sigma),
              settings.objective().levelLaw());
      try (Trainer trainer = new Trainer(settings, objective, data, 10, null)) {
        losses[i] = trainer.step();
      }
    }
    assertThat(losses[1]).isCloseTo(2 * losses[0], within(1e-5));
  }

  @Test
  void accumulationIsTheWholeBatchUpToRounding() {
    TrainingSettings whole = Samples.settings(new Mlp(3, 16, 2, 0)).withBatch(30);
    List<NamedArray> one = after(whole, 1).arrays();
    TrainingOptions pieces = new TrainingOptions(LevelDraws.SPREAD, Precision.FP32, 4, false);
    List<NamedArray> four = after(whole.withOptions(pieces), 1).arrays();
    assertThat(momentGap(one, four)).isLessThan(1e-5);
    List<NamedArray> other = after(whole.withBatch(29), 1).arrays();
    assertThat(momentGap(one, other)).as("power: one row less").isGreaterThan(1e-3);
  }

  /** The largest difference of the first moments, which are a tenth of the gradient after one step, over the largest of them. */
  private static double momentGap(List<NamedArray> one, List<NamedArray> two) {
    double gap = 0;
    double size = 0;
    for (int k = 0; k < one.size(); k++) {
      if (one.get(k).name().startsWith(Checkpoint.FIRST_MOMENT)) {
        float[] a = one.get(k).values();
        float[] b = two.get(k).values();
        for (int i = 0; i < a.length; i++) {
          gap = Math.max(gap, Math.abs(a[i] - b[i]));
          size = Math.max(size, Math.abs(a[i]));
        }
      }
    }
    return gap / size;
  }

  @Test
  void sixteenBitProductsChangeTheGradientByTheirRoundingOnly() {
    UNet unet = new UNet(1, 8, 8, 1, 16, new int[] {1, 2}, 1, true, 0);
    TrainingSettings exact = Samples.settings(unet).withBatch(16);
    TrainingSettings rounded =
        exact.withOptions(TrainingOptions.USUAL.withPrecision(Precision.BF16));
    // after some steps, when the last maps have left zero; the same weights for both
    Checkpoint start = after(exact, 10);
    double[] losses = new double[2];
    List<List<NamedArray>> arrays = new ArrayList<>();
    for (TrainingSettings settings : List.of(exact, rounded)) {
      try (Trainer trainer = Samples.trainer(settings, ROWS)) {
        trainer.restore(start);
        losses[arrays.size()] = trainer.step();
        arrays.add(trainer.checkpoint().arrays());
      }
    }
    // 8 significant bits: 0.4 % for each product
    assertThat(losses[1] / losses[0]).isNotEqualTo(1).isBetween(0.98, 1.02);
    assertThat(momentGap(arrays.get(0), arrays.get(1))).isBetween(1e-5, 0.03);
  }

  @Test
  void theRoundedWeightsOfAnEarlierStepAreNotUsedAgain() {
    float[] weights = {0.5f, -1.5f, 2, 1};
    assertThat(ratioAfterScaling(weights, false)).isEqualTo(10);
    assertThat(ratioAfterScaling(weights, true)).as("power: with the cache").isEqualTo(1);
  }

  /** What a linear map's output grows by when its weights are made ten times as large in place. */
  private static double ratioAfterScaling(float[] weights, boolean cached) {
    return Scope.call(
        () -> {
          Tensor w = Transfer.toNative(weights, 0, new long[] {2, 2});
          w.set_requires_grad(true);
          Tensor x = Transfer.toNative(new float[] {1, 2}, 0, new long[] {1, 2});
          Supplier<Tensor> map =
              () -> {
                torch.set_autocast_cache_enabled(cached);
                return torch.linear(x, w);
              };
          double before = Precision.BF16.forward(map).sum().item_float();
          w.detach().mul_(new Scalar(10));
          double after = Precision.BF16.forward(map).sum().item_float();
          torch.clear_cache();
          return after / before;
        });
  }

  @Test
  void everyObjectiveOfTheMenuLearns() {
    float[] twoPoints = {-0.5f, -0.5f, 0.5f, 0.5f};
    for (DenoisingObjective objective : TrainingSettingsTest.objectives()) {
      TrainingSettings settings =
          Samples.settings(new Mlp(2, 32, 2, 0))
              .withBatch(256)
              .withSteps(120)
              .withLearningRate(5e-3)
              .withObjective(objective);
      try (Trainer trainer = new Trainer(settings, twoPoints, 2);
          NetworkDenoiser start = trainer.denoiser()) {
        double before = squareError(start);
        steps(trainer, 120);
        try (NetworkDenoiser trained = trainer.denoiser()) {
          assertThat(squareError(trained)).as("%s", objective).isLessThan(0.7 * before);
        }
      }
    }
  }

  /** Of a network for the two points (±½, ±½), at a level where they are still apart. */
  private static double squareError(NetworkDenoiser denoiser) {
    double sigma = 0.4;
    float[] z = Samples.normal(dev.langevin.random.Seed.of(8), 400, sigma);
    double[] y = new double[400];
    for (int i = 0; i < 400; i++) {
      y[i] = z[i] + (i / 2 % 2 - 0.5);
    }
    double[] out = new double[400];
    denoiser.denoise(y, 200, sigma, out);
    double sum = 0;
    for (int i = 0; i < 400; i++) {
      double gap = out[i] - (i / 2 % 2 - 0.5);
      sum += gap * gap;
    }
    return sum;
  }
}
