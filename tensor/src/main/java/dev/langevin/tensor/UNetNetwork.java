package dev.langevin.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The wiring of {@link UNet}. Names and order of the parts follow diffusers' UNet2DModel ({@code down_blocks.0.resnets.1.conv1.weight}),
 * so that people find their way; the noise features and the scale-and-shift differ, so weights are not interchangeable.
 */
final class UNetNetwork implements Network {
  /** One resolution on the way down; {@code change} halves the size, and is missing at the lowest. */
  private record Down(List<ResidualBlock> blocks, @Nullable Convolution change) {}

  /** One resolution on the way up; {@code change} follows doubling the size, and is missing at the highest. */
  private record Up(List<ResidualBlock> blocks, @Nullable Convolution change) {}

  private final Layout layout = new Layout();
  private final NoiseEmbedding embedding;
  private final Convolution entrance;
  private final List<Down> down = new ArrayList<>();
  private final ResidualBlock middle1;
  private final @Nullable Attention attention;
  private final ResidualBlock middle2;
  private final List<Up> up = new ArrayList<>();
  private final GroupNorm exitNorm;
  private final Convolution exit;

  UNetNetwork(UNet unet) {
    int base = unet.baseChannels();
    int[] multipliers = unet.multipliers();
    int levels = multipliers.length;
    int noiseWidth = 4 * base;
    Deque<Integer> skips = new ArrayDeque<>();
    entrance = new Convolution(layout, "conv_in", unet.channels(), base, 3, 1, 1);
    embedding = new NoiseEmbedding(layout, noiseWidth);
    skips.push(base);
    int width = base;
    for (int level = 0; level < levels; level++) {
      String name = "down_blocks." + level;
      List<ResidualBlock> blocks = new ArrayList<>();
      for (int j = 0; j < unet.blocks(); j++) {
        int next = base * multipliers[level];
        blocks.add(new ResidualBlock(layout, name + ".resnets." + j, width, next, noiseWidth));
        width = next;
        skips.push(width);
      }
      down.add(new Down(blocks, downsampler(name, level, levels, width)));
      if (level < levels - 1) {
        skips.push(width);
      }
    }
    middle1 = new ResidualBlock(layout, "mid_block.resnets.0", width, width, noiseWidth);
    attention = unet.attention() ? new Attention(layout, "mid_block.attentions.0", width) : null;
    middle2 = new ResidualBlock(layout, "mid_block.resnets.1", width, width, noiseWidth);
    for (int i = 0; i < levels; i++) {
      String name = "up_blocks." + i;
      List<ResidualBlock> blocks = new ArrayList<>();
      for (int j = 0; j <= unet.blocks(); j++) {
        int next = base * multipliers[levels - 1 - i];
        int inputs = width + skips.pop();
        blocks.add(new ResidualBlock(layout, name + ".resnets." + j, inputs, next, noiseWidth));
        width = next;
      }
      up.add(new Up(blocks, upsampler(name, i, levels, width)));
    }
    exitNorm = new GroupNorm(layout, "conv_norm_out", width);
    exit = new Convolution(layout, "conv_out", width, unet.channels(), 3, 1, 0);
  }

  private @Nullable Convolution downsampler(String name, int level, int levels, int width) {
    return level == levels - 1
        ? null
        : new Convolution(layout, name + ".downsamplers.0.conv", width, width, 3, 2, 1);
  }

  private @Nullable Convolution upsampler(String name, int i, int levels, int width) {
    return i == levels - 1
        ? null
        : new Convolution(layout, name + ".upsamplers.0.conv", width, width, 3, 1, 1);
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public Tensor forward(Parameters p, Tensor x, Tensor noise, Dropout dropout) {
    Tensor level = embedding.apply(p, noise);
    Deque<Tensor> skips = new ArrayDeque<>();
    Tensor h = entrance.apply(p, x);
    skips.push(h);
    for (Down resolution : down) {
      for (ResidualBlock block : resolution.blocks()) {
        h = block.apply(p, h, level, dropout);
        skips.push(h);
      }
      if (resolution.change() != null) {
        h = resolution.change().apply(p, h);
        skips.push(h);
      }
    }
    h = middle1.apply(p, h, level, dropout);
    h = attention == null ? h : attention.apply(p, h);
    h = middle2.apply(p, h, level, dropout);
    for (Up resolution : up) {
      for (ResidualBlock block : resolution.blocks()) {
        h = block.apply(p, beside(h, skips.pop()), level, dropout);
      }
      if (resolution.change() != null) {
        h = resolution.change().apply(p, doubled(h));
      }
    }
    return exit.apply(p, torch.silu(exitNorm.apply(p, h)));
  }

  private static Tensor beside(Tensor h, Tensor skip) {
    return torch.cat(new TensorVector(h, skip), 1);
  }

  private static Tensor doubled(Tensor h) {
    return torch.upsample_nearest2d(h, 2 * h.size(2), 2 * h.size(3));
  }
}
