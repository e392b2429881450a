package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Guidance;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.EdmObjective;
import dev.langevin.objective.FormPreconditioning;
import dev.langevin.objective.NcsnPreconditioning;
import dev.langevin.objective.Preconditioning;
import dev.langevin.objective.TimestepPreconditioning;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsNatives
class NetworkFunctionTest {
  private static final UNet2D PLAIN = Samples.unet2D();
  private static final UNet2D LABELLED = Samples.unet2D(Map.of("num_class_embeds", 3));
  private static final int D = 48;

  private static float[] rows(int count) {
    return Samples.normal(Seed.of(6), count * D, 1);
  }

  private static float[] apply(
      NetworkFunction function, int rows, double[] levels, float @Nullable [] labels) {
    float[] out = new float[rows * function.outputs()];
    function.apply(rows(rows), rows, levels, labels, out);
    return out;
  }

  @Test
  void weightsComeBackAsTheyWere() {
    List<NamedArray> weights = PLAIN.torchStart(3);
    try (NetworkFunction function = new NetworkFunction(PLAIN, weights)) {
      assertThat(function.weights()).isEqualTo(weights);
      assertThat(function.architecture()).isEqualTo(PLAIN);
    }
  }

  @Test
  void everyRowHasItsOwnLevelAndLabel() {
    try (NetworkFunction function = new NetworkFunction(LABELLED, LABELLED.torchStart(3))) {
      int rows = 200; // more than one piece
      double[] levels = new double[rows];
      float[] labels = new float[rows];
      for (int i = 0; i < rows; i++) {
        levels[i] = i % 7;
        labels[i] = i % 3;
      }
      float[] all = apply(function, rows, levels, labels);
      for (int row : new int[] {0, 5, 199}) {
        float[] out = new float[D];
        float[] x = Arrays.copyOfRange(rows(rows), row * D, row * D + D);
        function.apply(x, 1, new double[] {levels[row]}, new float[] {labels[row]}, out);
        for (int j = 0; j < D; j++) {
          assertThat(out[j]).isCloseTo(all[row * D + j], within(1e-5f));
        }
        function.apply(x, 1, new double[] {levels[row] + 1}, new float[] {labels[row]}, out);
        assertThat(out[0]).isNotCloseTo(all[row * D], within(1e-4f));
        function.apply(x, 1, new double[] {levels[row]}, new float[] {(labels[row] + 1) % 3}, out);
        assertThat(out[0]).isNotCloseTo(all[row * D], within(1e-4f));
      }
    }
  }

  @Test
  void aVectorMayBeTheLabel() {
    UNet2D unet = Samples.unet2D(Map.of("class_embed_type", "identity"));
    try (NetworkFunction function = new NetworkFunction(unet, unet.torchStart(3))) {
      assertThat(function.labelColumns()).isEqualTo(16);
      float[] none = apply(function, 2, new double[] {1}, new float[16]);
      float[] vector = new float[32];
      vector[20] = 1;
      float[] some = apply(function, 2, new double[] {1}, vector);
      assertThat(some[0]).isCloseTo(none[0], within(1e-6f));
      assertThat(some[D]).isNotCloseTo(none[D], within(1e-4f));
    }
  }

  @Test
  void wrongArgumentsAreRefused() {
    try (NetworkFunction plain = new NetworkFunction(PLAIN, PLAIN.torchStart(3));
        NetworkFunction labelled = new NetworkFunction(LABELLED, LABELLED.torchStart(3))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plain.apply(new float[D], 0, 1, new float[D]))
          .withMessageContaining("rows");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plain.apply(new float[D - 1], 1, 1, new float[D]))
          .withMessageContaining("x must have");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plain.apply(new float[D], 1, 1, new float[D - 1]))
          .withMessageContaining("out must have");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> apply(plain, 3, new double[2], null))
          .withMessageContaining("one for each");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> apply(plain, 1, new double[1], new float[1]))
          .withMessageContaining("labels");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> apply(labelled, 1, new double[1], null))
          .withMessageContaining("labels");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> apply(labelled, 1, new double[1], new float[] {3}))
          .withMessageContaining("from 0 to 2");
    }
    UNet2D fourier = Samples.unet2D(Map.of("time_embedding_type", "fourier"));
    try (NetworkFunction function = new NetworkFunction(fourier, fourier.torchStart(3))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> apply(function, 1, new double[] {-0.5}, null))
          .withMessageContaining("must be positive");
    }
  }

  /** D from the network's answer at x = a y by the form's own formula, at a whole timestep. */
  @ParameterizedTest
  @EnumSource(
      value = Prediction.class,
      names = {"NOISE", "VELOCITY", "DENOISED"})
  void aNetworkOfTimestepsBecomesADenoiser(Prediction form) {
    DiscreteSchedule schedule = DiscreteSchedule.linear();
    int timestep = 431;
    double a = Math.sqrt(schedule.alphaBar(timestep + 1));
    double b = Math.sqrt(1 - schedule.alphaBar(timestep + 1));
    List<NamedArray> weights = PLAIN.torchStart(3);
    float[] x = rows(2);
    double[] y = new double[2 * D];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] / a;
    }
    try (NetworkFunction function = new NetworkFunction(PLAIN, weights);
        NetworkDenoiser denoiser =
            new NetworkDenoiser(PLAIN, new TimestepPreconditioning(form, schedule), weights)) {
      float[] answer = apply(function, 2, new double[] {timestep}, null);
      double[] denoised = new double[2 * D];
      denoiser.denoise(y, 2, b / a, denoised);
      for (int i = 0; i < y.length; i++) {
        double expected = form.toDenoised(answer[i], x[i], a, b);
        assertThat(denoised[i]).isCloseTo(expected, within(1e-4));
      }
    }
  }

  /** A fourier network, told σ, divides by it: its answer is a score, and D = y + σ² s. */
  @Test
  void aNetworkOfSigmaBecomesADenoiser() {
    UNet2D fourier = Samples.unet2D(Map.of("time_embedding_type", "fourier"));
    Preconditioning score = new FormPreconditioning(Prediction.SCORE, new VarianceExploding());
    double sigma = 0.7;
    List<NamedArray> weights = fourier.torchStart(3);
    try (NetworkFunction function = new NetworkFunction(fourier, weights);
        NetworkDenoiser denoiser = new NetworkDenoiser(fourier, score, weights);
        NetworkDenoiser ncsn =
            new NetworkDenoiser(PLAIN, new NcsnPreconditioning(), PLAIN.torchStart(3));
        NetworkFunction plain = new NetworkFunction(PLAIN, PLAIN.torchStart(3))) {
      float[] x = rows(1);
      double[] y = Samples.wide(x);
      double[] denoised = new double[D];
      float[] answer = apply(function, 1, new double[] {sigma}, null);
      denoiser.denoise(y, 1, sigma, denoised);
      for (int i = 0; i < D; i++) {
        assertThat(denoised[i]).isCloseTo(y[i] + sigma * sigma * answer[i], within(1e-5));
      }
      float[] unscaled = apply(plain, 1, new double[] {0.25 * Math.log(sigma)}, null);
      ncsn.denoise(y, 1, sigma, denoised);
      for (int i = 0; i < D; i++) {
        assertThat(denoised[i]).isCloseTo(y[i] + sigma * unscaled[i], within(1e-5));
      }
    }
  }

  @Test
  void guidanceSteersFromOneLabelToAnother() {
    List<NamedArray> weights = LABELLED.torchStart(3);
    double[] y = Samples.wide(rows(1));
    try (NetworkDenoiser network = new NetworkDenoiser(LABELLED, new EdmObjective(), weights)) {
      Denoiser none = network.given(2);
      Denoiser one = network.given(1);
      double[] ofNone = denoised(none, y);
      double[] ofOne = denoised(one, y);
      double[] steered = denoised(Guidance.classifierFree(none, one, 3), y);
      assertThat(ofOne).isNotEqualTo(ofNone);
      for (int i = 0; i < D; i++) {
        assertThat(steered[i]).isCloseTo(ofNone[i] + 3 * (ofOne[i] - ofNone[i]), within(1e-12));
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> denoised(network, y))
          .withMessageContaining("given(label)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.given(3))
          .withMessageContaining("from 0 to 2");
      network.given(0).close(); // frees nothing
      assertThat(denoised(one, y)).isEqualTo(ofOne);
    }
  }

  private static double[] denoised(Denoiser denoiser, double[] y) {
    double[] out = new double[D];
    denoiser.denoise(y, 1, 0.8, out);
    return out;
  }

  @Test
  void aSecondHalfOfTheOutputIsLeft() {
    UNet2D wide = PLAIN.with(Map.of("out_channels", 4));
    UNet2D wrong = PLAIN.with(Map.of("out_channels", 3));
    double[] y = Samples.wide(rows(1));
    EdmObjective objective = new EdmObjective();
    try (NetworkFunction function = new NetworkFunction(wide, wide.torchStart(3));
        NetworkDenoiser denoiser = new NetworkDenoiser(wide, objective, wide.torchStart(3))) {
      double[] out = denoised(denoiser, y);
      float[] x = new float[D];
      for (int i = 0; i < D; i++) {
        x[i] = (float) (objective.cIn(0.8) * y[i]);
      }
      float[] answers = new float[2 * D];
      function.apply(x, 1, objective.cNoise(0.8), answers);
      for (int i = 0; i < D; i++) {
        double expected = objective.cSkip(0.8) * y[i] + objective.cOut(0.8) * answers[i];
        assertThat(out[i]).isCloseTo(expected, within(1e-12));
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkDenoiser(wrong, objective, wrong.torchStart(3)))
        .withMessageContaining("twice as many");
  }

  /** Jᵀv by differences of the denoiser: ⟨Jᵀv, w⟩ = ⟨v, J w⟩. */
  @Test
  void theJacobianIsTheDenoisers() {
    double[] y = Samples.wide(rows(40)); // more than one piece
    double[] v = Samples.wide(Samples.normal(Seed.of(7), y.length, 1));
    double[] denoised = new double[y.length];
    double[] pulled = new double[y.length];
    double[] expected = new double[y.length];
    try (NetworkDenoiser denoiser =
        new NetworkDenoiser(PLAIN, new EdmObjective(), PLAIN.torchStart(3))) {
      denoiser.pullBack(y, 40, 0.8, v, denoised, pulled);
      denoiser.denoise(y, 40, 0.8, expected);
      for (int i = 0; i < y.length; i++) {
        assertThat(denoised[i]).isCloseTo(expected[i], within(1e-6));
      }
      double[] above = new double[y.length];
      double[] below = new double[y.length];
      double[] moved = y.clone();
      double h = 2e-3;
      int j = 17;
      for (int r = 0; r < 40; r++) {
        moved[r * D + j] = y[r * D + j] + h;
      }
      denoiser.denoise(moved, 40, 0.8, above);
      for (int r = 0; r < 40; r++) {
        moved[r * D + j] = y[r * D + j] - h;
      }
      denoiser.denoise(moved, 40, 0.8, below);
      for (int r = 0; r < 40; r++) {
        double slope = 0;
        for (int i = r * D; i < r * D + D; i++) {
          slope += v[i] * (above[i] - below[i]) / (2 * h);
        }
        assertThat(pulled[r * D + j]).isCloseTo(slope, within(2e-3));
      }
    }
  }

  @Test
  void memoryStaysFlat() {
    Conservative conservative = new Conservative(PLAIN);
    try (NetworkDenoiser denoiser =
        new NetworkDenoiser(conservative, new EdmObjective(), PLAIN.torchStart(3))) {
      double[] y = Samples.wide(rows(1));
      double[] out = new double[D];
      long before = 0;
      for (int i = 0; i < 120; i++) {
        denoiser.pullBack(y, 1, 0.8, y, out, new double[D]);
        denoised(denoiser, y);
        if (i == 30) {
          before = Pointer.totalBytes();
        }
      }
      assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before + 4096);
    }
  }
}
