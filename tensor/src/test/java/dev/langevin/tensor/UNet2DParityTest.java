package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.math.NamedArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Whole networks against diffusers' numbers; what the resources are and where they come from is in the README beside them. */
@NeedsNatives
class UNet2DParityTest {
  private static final Map<String, Object> SMALL =
      Map.of(
          "sample_size",
          16,
          "block_out_channels",
          List.of(16, 32),
          "layers_per_block",
          1,
          "norm_num_groups",
          8,
          "down_block_types",
          List.of("DownBlock2D", "AttnDownBlock2D"),
          "up_block_types",
          List.of("AttnUpBlock2D", "UpBlock2D"));

  static final UNet2D UNET_SMALL = UNet2D.fromConfig(SMALL);

  static final UNet2D CLASS_CONDITIONAL =
      UNET_SMALL.with(
          Map.of(
              "sample_size",
              8,
              "in_channels",
              1,
              "out_channels",
              1,
              "downsample_padding",
              0,
              "flip_sin_to_cos",
              false,
              "freq_shift",
              1,
              "norm_eps",
              1e-6,
              "num_class_embeds",
              10,
              "attention_head_dim",
              16));

  /** The tiny network of diffusers' own pipeline tests. */
  static final UNet2D TINY =
      UNET_SMALL.with(
          Map.of("sample_size", 8, "block_out_channels", List.of(4, 8), "norm_num_groups", 4));

  /** As the models of the resources were made: the start, plus a little noise everywhere so that no weight is trivial. */
  static List<NamedArray> shaken(UNet2D unet, long seed) {
    Layout layout = Network.of(unet).layout();
    return Scope.call(
        () -> {
          GeneratorOptional random = new GeneratorOptional(torch.createCPUGenerator(seed));
          float[] values = TorchStart.values(layout, random);
          for (Layout.Entry entry : Reference.parametersInOrder(layout)) {
            long[] shape = {entry.length()};
            float[] noise = Transfer.toJava(torch.randn(shape, random));
            for (int i = 0; i < noise.length; i++) {
              values[(int) entry.offset() + i] += 0.02f * noise[i];
            }
          }
          return layout.split("", values);
        });
  }

  private static float[] array(Map<String, float[]> io, String name) {
    return Objects.requireNonNull(io.get(name));
  }

  private static void agrees(String name, UNet2D unet, long seed) {
    Map<String, float[]> io = Reference.arrays(name + ".io.safetensors");
    float[] expected = array(io, "output");
    float[] steps = array(io, "timestep");
    float[] output = new float[expected.length];
    try (NetworkFunction function = new NetworkFunction(unet, shaken(unet, seed))) {
      double[] levels = {steps[0], steps[1]};
      function.apply(array(io, "sample"), 2, levels, io.get("class_labels"), output);
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(output[i]).as("%d", i).isCloseTo(expected[i], within(1e-4f));
    }
  }

  @Test
  void aNetworkGivesWhatDiffusersGives() {
    agrees("unet-small", UNET_SMALL, 1);
  }

  /** Other padding, features of the time, epsilon; labels, and one head: its configuration says null, which {@code with} above cannot. */
  @Test
  void aNetworkWithLabelsGivesWhatDiffusersGives() {
    Map<String, Object> config = CLASS_CONDITIONAL.toConfig();
    config.put("attention_head_dim", null);
    agrees("unet-class-conditional", UNet2D.fromConfig(config), 2);
  }

  @Test
  void theStartIsThatOfPyTorch() {
    List<NamedArray> start = TINY.torchStart(0);
    assertThat(TINY.parameters()).isEqualTo(11_767);
    assertThat(start.get(0).name()).isEqualTo("conv_in.weight");
    assertThat(start.get(0).values()[0]).isCloseTo(-0.0014408393f, within(1e-9f));
    assertThat(start.get(0).values()[1]).isCloseTo(0.10323862f, within(1e-8f));
    assertThat(start.get(0).values()[2]).isCloseTo(-0.15839511f, within(2e-8f));
    assertThat(TINY.torchStart(1)).isNotEqualTo(start);
  }

  @Test
  void theTinyNetworkGivesThePublishedNumbers() {
    float[] x = noise(0, 3 * 8 * 8);
    float[] output = new float[x.length];
    try (NetworkFunction function = new NetworkFunction(TINY, TINY.torchStart(0))) {
      function.apply(x, 1, 10, output);
    }
    double sum = 0;
    for (float value : output) {
      sum += Math.abs(value);
    }
    assertThat(sum).isCloseTo(49.5408936, within(2e-5)); // the printed sum is of floats
    float[] first = {0.43482783f, 0.36600384f, 0.25561407f, 0.31723073f};
    for (int i = 0; i < first.length; i++) {
      assertThat(output[i]).isCloseTo(first[i], within(1e-6f));
    }
  }

  /** {@code torch.randn} after a seed. */
  static float[] noise(long seed, int count) {
    return Scope.call(
        () ->
            Transfer.toJava(
                torch.randn(
                    new long[] {count}, new GeneratorOptional(torch.createCPUGenerator(seed)))));
  }

  /**
   * diffusers' DDPMPipelineFastTests: two steps of DDPM (timesteps 500 and 0 of the linear chain, predicted points clipped to -1 … 1) with torch's noise throughout,
   * as a picture in 0 … 1; the last channel's lower right corner.
   */
  @Test
  void aPictureOfTheTinyNetworkIsThePublishedOne() {
    float[] noises = noises(0, 3 * 8 * 8);
    float[] x = Arrays.copyOf(noises, 192);
    double first = bar(500);
    double last = bar(0);
    double beta = 1 - first / last;
    try (NetworkFunction function = new NetworkFunction(TINY, TINY.torchStart(0))) {
      float[] clean = clean(function, x, 500, first);
      double ofClean = Math.sqrt(last) * beta / (1 - first);
      double ofNoised = Math.sqrt(1 - beta) * (1 - last) / (1 - first);
      double deviation = Math.sqrt((1 - last) / (1 - first) * beta);
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (ofClean * clean[i] + ofNoised * x[i] + deviation * noises[192 + i]);
      }
      x = clean(function, x, 0, last);
    }
    double[] expected = {0, 0.9996672, 0.00329116, 1, 0.9995991, 1, 0.0060907, 0.00115037, 0};
    for (int i = 0; i < 9; i++) {
      double pixel = x[2 * 64 + (5 + i / 3) * 8 + 5 + i % 3] / 2 + 0.5;
      assertThat(pixel).as("%d", i).isCloseTo(expected[i], within(1e-6));
    }
  }

  /** The clean point that the noise at a timestep leaves, clipped. */
  private static float[] clean(NetworkFunction function, float[] x, int timestep, double alphaBar) {
    float[] clean = new float[x.length];
    function.apply(x, 1, timestep, clean);
    for (int i = 0; i < x.length; i++) {
      double point = (x[i] - Math.sqrt(1 - alphaBar) * clean[i]) / Math.sqrt(alphaBar);
      clean[i] = (float) Math.max(-1, Math.min(1, point));
    }
    return clean;
  }

  /** Two calls of {@code torch.randn} for so many numbers after a seed. */
  private static float[] noises(long seed, int count) {
    return Scope.call(
        () -> {
          GeneratorOptional random = new GeneratorOptional(torch.createCPUGenerator(seed));
          long[] shape = {count};
          TensorVector both =
              new TensorVector(torch.randn(shape, random), torch.randn(shape, random));
          return Transfer.toJava(torch.cat(both, 0));
        });
  }

  /** ᾱ of the chain with 1000 β from 10⁻⁴ to 0.02. */
  private static double bar(int timestep) {
    return DiscreteSchedule.linear().alphaBar(timestep + 1);
  }
}
