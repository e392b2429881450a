package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.EdmObjective;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsNatives
class NetworkDenoiserTest {
  private static final EdmObjective OBJECTIVE = new EdmObjective(-0.7, 0.9, 0.4);

  @AfterEach
  void allProcessorsAgain() {
    Backend.threads(Runtime.getRuntime().availableProcessors());
  }

  private static List<NamedArray> weights(Architecture architecture, double shake) {
    Layout layout = Network.of(architecture).layout();
    float[] values = layout.start(Seed.of(9));
    float[] moved = Samples.normal(Seed.of(10), values.length, shake);
    for (int i = 0; i < values.length; i++) {
      values[i] += moved[i];
    }
    return layout.split("", values);
  }

  private static NetworkDenoiser denoiser(Architecture architecture, double shake) {
    return new NetworkDenoiser(architecture, OBJECTIVE, weights(architecture, shake));
  }

  private static double[] denoised(NetworkDenoiser denoiser, double[] y, int rows, double sigma) {
    double[] out = new double[y.length];
    denoiser.denoise(y, rows, sigma, out);
    return out;
  }

  private static double[] points(int count) {
    return Samples.wide(Samples.normal(Seed.of(11), count, 1));
  }

  @Test
  void anUntrainedNetworkReturnsTheSkippedPartExactly() {
    for (Architecture architecture : List.of(Samples.SMALL_UNET, Samples.SMALL_MLP)) {
      try (NetworkDenoiser denoiser = denoiser(architecture, 0)) {
        double[] y = points(2 * architecture.dimension());
        for (double sigma : new double[] {0.002, 0.3, 80}) {
          double[] out = denoised(denoiser, y, 2, sigma);
          for (int i = 0; i < y.length; i++) {
            assertThat(out[i]).isEqualTo(OBJECTIVE.cSkip(sigma) * y[i]);
          }
        }
      }
    }
  }

  @Test
  void littleNoiseIsLeftToTheSkippedPart() {
    try (NetworkDenoiser denoiser = denoiser(Samples.SMALL_UNET, 0.2)) {
      double[] y = points(denoiser.dimension());
      double[] out = denoised(denoiser, y, 1, 1e-9);
      for (int i = 0; i < y.length; i++) {
        assertThat(out[i]).isCloseTo(y[i], within(1e-7));
      }
    }
  }

  @Test
  void aRowDoesNotDependOnItsBatchBeyondRounding() {
    for (Architecture architecture : List.of(Samples.SMALL_UNET, Samples.SMALL_MLP)) {
      try (NetworkDenoiser denoiser = denoiser(architecture, 0.2)) {
        int d = architecture.dimension();
        int rows = 300; // more than one piece
        double[] y = points(rows * d);
        double[] all = denoised(denoiser, y, rows, 0.6);
        for (int row : new int[] {0, 150, 299}) {
          double[] alone =
              denoised(denoiser, java.util.Arrays.copyOfRange(y, row * d, row * d + d), 1, 0.6);
          for (int j = 0; j < d; j++) {
            assertThat(alone[j]).isCloseTo(all[row * d + j], within(1e-5));
          }
        }
      }
    }
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() {
    try (NetworkDenoiser denoiser = denoiser(Samples.SMALL_UNET, 0.2)) {
      double[] y = points(300 * denoiser.dimension());
      Backend.threads(1);
      double[] one = denoised(denoiser, y, 300, 0.6);
      Backend.threads(3);
      assertThat(denoised(denoiser, y, 300, 0.6)).isEqualTo(one);
    }
  }

  @Test
  void sixteenBitsAreGoodToTwoDigitsOfWhatTheNetworkAdds() {
    UNet wide = new UNet(1, 4, 4, 1, 16, new int[] {1, 1}, 1, true, 0.0);
    try (NetworkDenoiser exact = denoiser(wide, 0.2)) {
      double[] y = points(8 * wide.dimension());
      double[] expected = denoised(exact, y, 8, 0.6);
      double[] rounded = denoised(exact.in(Precision.BF16), y, 8, 0.6);
      double error = 0;
      double added = 0;
      for (int i = 0; i < y.length; i++) {
        error += Math.pow(rounded[i] - expected[i], 2);
        added += Math.pow(expected[i] - OBJECTIVE.cSkip(0.6) * y[i], 2);
      }
      // 8 significant bits, some twenty operations one after the other
      assertThat(Math.sqrt(error / added)).isBetween(1e-4, 0.03);
      assertThat(denoised(exact.in(Precision.FP32), y, 8, 0.6)).isEqualTo(expected);
    }
  }

  @Test
  void arraysMayBeLongerThanTheRows() {
    try (NetworkDenoiser denoiser = denoiser(Samples.SMALL_MLP, 0.2)) {
      double[] out = denoised(denoiser, points(12), 2, 0.6);
      assertThat(out[5]).isNotZero();
      assertThat(out[6]).isZero();
    }
  }

  /** Of all weights but the keys' bias: it adds the same number to all scores of a query, which the softmax does not notice but by rounding. */
  @Test
  void anotherWeightIsAnotherDenoiser() {
    List<NamedArray> weights = weights(Samples.SMALL_UNET, 0.2);
    double[] y = points(Samples.SMALL_UNET.dimension());
    for (int i = 0; i < weights.size(); i++) {
      if (weights.get(i).name().endsWith("to_k.bias")) {
        continue;
      }
      List<NamedArray> changed = new ArrayList<>(weights);
      float[] scaled = weights.get(i).values().clone();
      for (int j = 0; j < scaled.length; j++) {
        scaled[j] *= j % 2 == 0 ? 10 : -3;
      }
      changed.set(i, new NamedArray(weights.get(i).name(), weights.get(i).shape(), scaled));
      try (NetworkDenoiser before = new NetworkDenoiser(Samples.SMALL_UNET, OBJECTIVE, weights);
          NetworkDenoiser after = new NetworkDenoiser(Samples.SMALL_UNET, OBJECTIVE, changed)) {
        assertThat(denoised(after, y, 1, 0.5))
            .as(weights.get(i).name())
            .isNotEqualTo(denoised(before, y, 1, 0.5));
      }
    }
  }

  @Test
  void theTrainersDenoiserIsTheOneOfItsCheckpointAndStaysAsItIs() {
    TrainingSettings settings = Samples.settings(Samples.SMALL_MLP);
    double[] y = points(9);
    try (Trainer trainer = Samples.trainer(settings, 5)) {
      for (int i = 0; i < 10; i++) {
        trainer.step();
      }
      List<NamedArray> weights = trainer.checkpoint().weights();
      assertThat(weights.stream().map(NamedArray::name))
          .containsExactlyElementsOf(Samples.SMALL_MLP.weightNames());
      try (NetworkDenoiser live = trainer.denoiser();
          NetworkDenoiser stored =
              new NetworkDenoiser(Samples.SMALL_MLP, settings.objective(), weights)) {
        trainer.step();
        double[] out = denoised(live, y, 3, 0.7);
        assertThat(out).isEqualTo(denoised(stored, y, 3, 0.7));
        try (NetworkDenoiser next = trainer.denoiser()) {
          assertThat(denoised(next, y, 3, 0.7)).isNotEqualTo(out);
        }
      }
    }
  }

  @Test
  void wrongArgumentsAreRefusedByName() {
    List<NamedArray> weights = weights(Samples.SMALL_MLP, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkDenoiser(new Mlp(3, 8, 2, 0), OBJECTIVE, weights))
        .withMessageContaining("shape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkDenoiser(Samples.SMALL_MLP, OBJECTIVE, weights.subList(1, 5)))
        .withMessageContaining("lack");
    List<NamedArray> broken = new ArrayList<>(weights);
    broken.set(
        2, new NamedArray(weights.get(2).name(), weights.get(2).shape(), nan(weights.get(2))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkDenoiser(Samples.SMALL_MLP, OBJECTIVE, broken))
        .withMessageContaining(weights.get(2).name())
        .withMessageContaining("finite");
    try (NetworkDenoiser denoiser = denoiser(Samples.SMALL_MLP, 0)) {
      double[] out = new double[6];
      assertThatIllegalArgumentException()
          .isThrownBy(() -> denoiser.denoise(new double[6], 3, 1, out))
          .withMessageContaining("rows");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> denoiser.denoise(new double[6], 0, 1, out))
          .withMessageContaining("rows");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> denoiser.denoise(new double[6], 2, 0, out))
          .withMessageContaining("sigma");
    }
  }

  private static float[] nan(NamedArray array) {
    float[] values = array.values().clone();
    values[values.length - 1] = Float.NaN;
    return values;
  }

  /**
   * A perceptron learns the exact posterior mean of a two-dimensional mixture: the error relative to c_out is the network's own, and
   * a constant answer (the broken twin: an untrained network) is several times as far off.
   */
  @Test
  void aPerceptronLearnsTheDenoiserOfAMixture() {
    GaussianMixture mixture =
        GaussianMixture.isotropic(
            new double[] {0.3, 0.7},
            new double[][] {{-0.7, 0.3}, {0.4, -0.1}},
            new double[] {0.1, 0.2});
    int rows = 20_000;
    float[] data = new float[2 * rows];
    AddressedRandom random = Seed.of(12).random();
    double[] point = new double[2];
    for (int i = 0; i < rows; i++) {
      mixture.sample(random, point);
      data[2 * i] = (float) point[0];
      data[2 * i + 1] = (float) point[1];
    }
    TrainingSettings settings =
        TrainingSettings.defaults(new Mlp(2, 64, 2, 0), 1)
            .withBatch(384)
            .withSteps(600)
            .withLearningRate(5e-3);
    try (Trainer trainer = new Trainer(settings, data, rows)) {
      double untrained = error(trainer, mixture);
      for (int i = 0; i < 600; i++) {
        trainer.step();
      }
      double trained = error(trainer, mixture);
      assertThat(trained).isLessThan(0.12);
      assertThat(untrained).isGreaterThan(4 * trained);
    }
  }

  /** Root mean square of (D - exact)/c_out over noised points at five levels. */
  private static double error(Trainer trainer, GaussianMixture mixture) {
    Noising noising = new VarianceExploding();
    EdmObjective objective = (EdmObjective) trainer.settings().objective();
    AddressedRandom random = Seed.of(13).random();
    double sum = 0;
    int count = 0;
    try (NetworkDenoiser denoiser = trainer.denoiser()) {
      for (double sigma : new double[] {0.05, 0.15, 0.4, 1, 2.5}) {
        GaussianMixture noised = mixture.noised(noising.signal(sigma), noising.noise(sigma));
        double[] y = new double[2];
        double[] score = new double[2];
        for (int i = 0; i < 200; i++) {
          noised.sample(random, y);
          noised.logDensity(y, score);
          double[] out = denoised(denoiser, y, 1, sigma);
          for (int j = 0; j < 2; j++) {
            double exact = y[j] + sigma * sigma * score[j]; // Tweedie
            sum += Math.pow((out[j] - exact) / objective.cOut(sigma), 2);
            count++;
          }
        }
      }
    }
    return Math.sqrt(sum / count);
  }
}
