package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsNatives
class NetworkTest {
  private static final int ROWS = 3;
  private static final double STEP = 2e-3;

  static List<Architecture> architectures() {
    return List.of(
        Samples.SMALL_UNET,
        new UNet(1, 6, 6, 1, 8, new int[] {1}, 2, false, 0),
        new UNet(2, 8, 8, 1, 8, new int[] {1, 1, 2}, 1, true, 0),
        Samples.SMALL_MLP,
        new Mlp(5, 8, 1, 0, 3),
        new Conservative(new Mlp(3, 8, 1, 0.2, 2)),
        new Conservative(new UNet(1, 4, 4, 1, 8, new int[] {1, 1}, 1, true, 0.2)),
        Samples.unet2D(),
        Samples.unet2D(
            Map.of(
                "resnet_time_scale_shift",
                "scale_shift",
                "downsample_type",
                "resnet",
                "upsample_type",
                "resnet",
                "act_fn",
                "mish",
                "num_class_embeds",
                3)),
        Samples.unet2D(
            Map.of(
                "time_embedding_type",
                "fourier",
                "down_block_types",
                List.of("ResnetDownsampleBlock2D", "AttnDownBlock2D"),
                "up_block_types",
                List.of("AttnUpBlock2D", "ResnetUpsampleBlock2D"),
                "act_fn",
                "gelu",
                "class_embed_type",
                "identity",
                "downsample_padding",
                0,
                "attention_head_dim",
                3)),
        Samples.unet2D(
            Map.of(
                "time_embedding_type",
                "learned",
                "num_train_timesteps",
                4,
                "add_attention",
                false,
                "mid_block_scale_factor",
                1.5,
                "time_embedding_dim",
                10)),
        Samples.unet2D(Map.of("class_embed_type", "timestep", "center_input_sample", true)));
  }

  /** Loss and gradient of a network whose weights are all away from zero. */
  private static final class Probe {
    final Network network;
    final float[] weights;
    final float[] x;
    final float[] target;
    final float[] noise;
    final float[] labels;
    final long[] shape;

    Probe(Architecture architecture) {
      network = Network.of(architecture);
      weights = network.layout().start(Seed.of(4));
      float[] shake = Samples.normal(Seed.of(5), weights.length, 0.2);
      for (int i = 0; i < weights.length; i++) {
        weights[i] += shake[i];
      }
      x = Samples.normal(Seed.of(6), ROWS * architecture.dimension(), 1);
      target = Samples.normal(Seed.of(7), x.length, 1);
      shape = NetworkFunction.shape(ROWS, architecture.rowShape());
      noise = new float[ROWS * network.noiseColumns()];
      labels = new float[ROWS * network.labelColumns()];
      for (int i = 0; i < ROWS; i++) {
        network.noise(0.8 * i + 0.5, noise, i);
      }
      for (int i = 0; i < labels.length; i++) {
        labels[i] = i % 2;
      }
    }

    private Tensor output(Parameters parameters, Dropout dropout) {
      Tensor input = Transfer.toNative(x, 0, shape);
      Tensor told = Transfer.toNative(noise, 0, new long[] {ROWS, network.noiseColumns()});
      Tensor of =
          labels.length == 0
              ? null
              : Transfer.toNative(labels, 0, new long[] {ROWS, labels.length / ROWS});
      return network.forward(parameters, input, new Condition(told, of), dropout);
    }

    private Tensor loss(Parameters parameters, Dropout dropout) {
      return torch.mse_loss(output(parameters, dropout), Transfer.toNative(target, 0, shape));
    }

    double loss(float[] at) {
      return Scope.call(
          () -> {
            Parameters parameters = Parameters.fixed(network.layout(), at);
            double value = loss(parameters, Dropout.NONE).item_float();
            parameters.close();
            return value;
          });
    }

    float[] gradient() {
      return Scope.call(
          () -> {
            Parameters parameters = Parameters.trainable(network.layout(), weights);
            loss(parameters, Dropout.NONE).backward();
            float[] gradient = Transfer.toJava(parameters.gradient());
            parameters.close();
            return gradient;
          });
    }

    float[] output(Dropout dropout) {
      return Scope.call(
          () -> {
            Parameters parameters = Parameters.fixed(network.layout(), weights);
            float[] output = Transfer.toJava(output(parameters, dropout));
            parameters.close();
            return output;
          });
    }

    /** The derivative of the loss along {@code direction}, by central differences (Richardson's step removes the third order). */
    double slope(double[] direction) {
      double coarse = difference(direction, 2 * STEP);
      double fine = difference(direction, STEP);
      return (4 * fine - coarse) / 3;
    }

    private double difference(double[] direction, double h) {
      return (loss(moved(direction, h)) - loss(moved(direction, -h))) / (2 * h);
    }

    private float[] moved(double[] direction, double h) {
      float[] moved = weights.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (float) (h * direction[i]);
      }
      return moved;
    }
  }

  /** A direction that moves one layer, with unit length per number. */
  private static double[] direction(Layout layout, String layer, AddressedRandom random) {
    double[] direction = new double[(int) layout.size()];
    for (Layout.Entry entry : layout.entries()) {
      if (layer(entry).equals(layer) && entry.learns()) {
        for (int i = 0; i < entry.length(); i++) {
          direction[(int) entry.offset() + i] = random.nextBoolean() ? 1 : -1;
        }
      }
    }
    return direction;
  }

  private static String layer(Layout.Entry entry) {
    return entry.name().replaceFirst("\\.(weight|bias)$", "");
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theGradientOfEveryLayerIsTheSlopeOfTheLoss(Architecture architecture) {
    Probe probe = new Probe(architecture);
    Layout layout = probe.network.layout();
    float[] gradient = probe.gradient();
    AddressedRandom random = Seed.of(8).random();
    double largest = 0;
    for (String layer : layout.entries().stream().map(NetworkTest::layer).distinct().toList()) {
      double[] direction = direction(layout, layer, random);
      double expected = dot(gradient, direction);
      double slope = probe.slope(direction);
      // 32-bit losses near 2 and a step of 0.002: rounding leaves about 1e-4
      assertThat(slope).as(layer).isCloseTo(expected, within(2e-3 + 0.02 * Math.abs(expected)));
      largest = Math.max(largest, Math.abs(expected));
    }
    assertThat(largest).as("power: slopes to be got wrong").isGreaterThan(0.1);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyWeightHasAnEffect(Architecture architecture) {
    Probe probe = new Probe(architecture);
    float[] gradient = probe.gradient();
    for (Layout.Entry entry : probe.network.layout().entries()) {
      boolean moves = false;
      for (int i = 0; i < entry.length(); i++) {
        moves |= gradient[(int) entry.offset() + i] != 0;
      }
      assertThat(moves).as(entry.name()).isEqualTo(entry.learns());
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void dropoutIsFixedByItsAddressAndKeepsTheMean(Architecture architecture) {
    Probe probe = new Probe(architecture);
    float[] none = probe.output(Dropout.NONE);
    assertThat(output(probe, 1)).isEqualTo(output(probe, 1)).isNotEqualTo(output(probe, 2));
    assertThat(output(probe, 1)).isNotEqualTo(none);
  }

  private static float[] output(Probe probe, int seed) {
    return Scope.call(() -> probe.output(Dropout.at(0.3, Seed.of(seed))));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void aRowDoesNotDependOnTheOthersBeyondRounding(Architecture architecture) {
    Probe probe = new Probe(architecture);
    float[] before = probe.output(Dropout.NONE);
    int d = architecture.dimension();
    for (int j = d; j < ROWS * d; j++) {
      probe.x[j] = -3 * probe.x[j];
    }
    float[] after = probe.output(Dropout.NONE);
    for (int j = 0; j < d; j++) {
      assertThat(after[j]).isCloseTo(before[j], within(1e-4f));
    }
    assertThat(after[d]).isNotCloseTo(before[d], within(1e-3f));
  }

  private static double dot(float[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
