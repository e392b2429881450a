package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Single blocks, started as PyTorch starts them, against the slices that diffusers' own tests print: last channel of the first row, lower right corner. */
@NeedsNatives
class BlockParityTest {
  private static final Style STYLE = new Style(c -> 32, 1e-6, Activation.SILU, false, false);
  private static final int NOISE = 128;
  private final Layout layout = new Layout(Layout.Convention.TORCH);

  /** What a block computes from weights, its input and the noise level's vector. */
  private interface Block {
    Tensor apply(Parameters p, Tensor x, Tensor level);
  }

  /** From seed 0 the input, the level's vector if there is one, then the weights. */
  private void gives(Block block, long[] input, long[] level, double... expected) {
    Scope.run(
        () -> {
          GeneratorOptional random = new GeneratorOptional(torch.createCPUGenerator(0));
          Tensor x = torch.randn(input, random);
          Tensor told = level.length == 0 ? x : torch.silu(torch.randn(level, random));
          compare(block, x, told, random, expected);
        });
  }

  private void compare(
      Block block, Tensor x, Tensor told, GeneratorOptional random, double... expected) {
    Parameters p = Parameters.fixed(layout, TorchStart.values(layout, random));
    Tensor y = block.apply(p, x, told);
    float[] values = Transfer.toJava(y);
    int channels = (int) y.size(1);
    int side = (int) y.size(2);
    for (int i = 0; i < 9; i++) {
      int at = ((channels - 1) * side + side - 3 + i / 3) * side + side - 3 + i % 3;
      assertThat((double) values[at]).as("%d", i).isCloseTo(expected[i], within(6e-5));
    }
    p.close();
  }

  private static final long[] NONE = {};
  private static final long[] IMAGES = {4, 32, 32, 32};
  private static final long[] LEVELS = {4, NOISE};

  private static Deque<Tensor> stack() {
    return new ArrayDeque<>();
  }

  @Test
  void aResidualBlock() {
    ResidualBlock block =
        new ResidualBlock(layout, new ResidualBlock.Place("b", 32, 32, NOISE), STYLE);
    gives(
        (p, x, level) -> block.apply(p, x, level, Dropout.NONE),
        new long[] {1, 32, 64, 64},
        new long[] {1, NOISE},
        -1.9010,
        -0.2974,
        -0.8245,
        -1.3533,
        0.8742,
        -0.9645,
        -2.0584,
        1.3387,
        -0.4746);
  }

  @Test
  void halvingByAConvolution() {
    Convolution halve = new Convolution(layout, "c", 32, 32, 3, 2, 1, 1);
    gives(
        (p, x, level) -> halve.apply(p, x),
        new long[] {1, 32, 64, 64},
        NONE,
        0.9267,
        0.5878,
        0.3337,
        1.2321,
        -0.1191,
        -0.3984,
        -0.7532,
        -0.0715,
        -0.3913);
  }

  @Test
  void doublingByAConvolution() {
    Convolution after = new Convolution(layout, "c", 32, 32, 3, 1);
    gives(
        (p, x, level) -> after.apply(p, Resize.DOUBLE.of(x)),
        new long[] {1, 32, 32, 32},
        NONE,
        0.7145,
        1.3773,
        0.3492,
        0.8448,
        1.0839,
        -0.3341,
        0.5956,
        0.1250,
        -0.4841);
  }

  private Block down(int headWidth) {
    UNetPlan.Stage plan = new UNetPlan.Stage(32, headWidth, UNetPlan.Change.CONVOLUTION);
    UNetStage stage = UNetStage.down(layout, "d", 32, 1, plan, STYLE, NOISE);
    return (p, x, level) -> stage.down(p, x, level, Dropout.NONE, stack());
  }

  @Test
  void aStageDown() {
    gives(
        down(0), IMAGES, LEVELS, -0.0232, -0.9869, 0.8054, -0.0637, -0.1688, -1.4264, 0.4470,
        -1.3394, 0.0904);
  }

  @Test
  void aStageDownWithAttention() {
    gives(
        down(1), IMAGES, LEVELS, 0.0636, 0.8964, -0.6234, -1.0131, 0.0844, 0.4935, 0.3437, 0.0911,
        -0.2957);
  }

  @Test
  void theMiddle() {
    UNetMiddle middle =
        new UNetMiddle(layout, "m", 32, new UNetPlan.Middle(1, 32, 1), STYLE, NOISE);
    gives(
        (p, x, level) -> middle.apply(p, x, level, Dropout.NONE),
        IMAGES,
        LEVELS,
        -0.1062,
        1.7248,
        0.3494,
        1.4569,
        -0.0910,
        -1.2421,
        -0.9984,
        0.6736,
        1.0028);
  }

  /** What the block takes beside comes from seed 1, and the weights go on from there. */
  private void stageUp(int headWidth, double... expected) {
    UNetPlan.Stage plan = new UNetPlan.Stage(32, headWidth, UNetPlan.Change.CONVOLUTION);
    UNetStage stage = UNetStage.up(layout, "u", 32, List.of(32), plan, STYLE, NOISE);
    Scope.run(
        () -> {
          GeneratorOptional first = new GeneratorOptional(torch.createCPUGenerator(0));
          Tensor x = torch.randn(IMAGES, first);
          Tensor told = torch.silu(torch.randn(LEVELS, first));
          GeneratorOptional second = new GeneratorOptional(torch.createCPUGenerator(1));
          Deque<Tensor> beside = stack();
          beside.push(torch.randn(IMAGES, second));
          Block block = (p, y, level) -> stage.up(p, y, level, Dropout.NONE, beside);
          compare(block, x, told, second, expected);
        });
  }

  @Test
  void aStageUp() {
    stageUp(0, -0.2041, -0.4165, -0.3022, 0.0041, -0.6628, -0.7053, 0.1928, -0.0325, 0.0523);
  }

  @Test
  void aStageUpWithAttention() {
    stageUp(1, 0.0979, 0.1326, 0.0021, 0.0659, 0.2249, 0.0059, 0.1132, 0.5952, 0.1033);
  }

  /** diffusers' EmbeddingsTests: width 64, timesteps 23 to 25, features 47 to 49, cosines second; 0.9646 0.9804 0.9892 are the first row's. */
  @Test
  void featuresOfATimestep() {
    float[] row = features(new PositionalFeatures(64, 1, false), 23);
    assertThat(row[47]).isCloseTo(0.9646f, within(6e-5f));
    assertThat(row[48]).isCloseTo(0.9804f, within(6e-5f));
    assertThat(row[49]).isCloseTo(0.9892f, within(6e-5f));
    float[] odd = features(new PositionalFeatures(5, 0, true), 3);
    float[] expected = {
      (float) Math.cos(3), (float) Math.cos(0.03), (float) Math.sin(3), (float) Math.sin(0.03), 0
    };
    assertThat(odd).containsExactly(expected, within(1e-6f));
  }

  private float[] features(TimeFeatures features, float timestep) {
    return Scope.call(
        () -> {
          Parameters p = Parameters.fixed(layout, new float[0]);
          Tensor level = Transfer.toNative(new float[] {timestep}, 0, new long[] {1, 1});
          float[] values = Transfer.toJava(features.apply(p, level));
          p.close();
          return values;
        });
  }
}
