package dev.langevin.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * What one would write on LibTorch itself: the network of Ho, Jain &amp; Abbeel (2020) with 64 channels, multipliers 1, 2, 2, two blocks a level and attention at the lowest
 * resolution, and a training step of it, with nothing of this library. The same network as {@code UNet2D.sized(SMALL, 1, 32, 32)}.
 */
final class BareUNet {
  private static final int BASE = 64;
  private static final int[] WIDTHS = {64, 128, 128};
  private static final int NOISE = 4 * BASE;
  private static final long[] ONE = {1, 1};

  private final List<Tensor> weights = new ArrayList<>();
  private final Conv entrance = new Conv(1, BASE, 3, 1);
  private final Line time1 = new Line(BASE, NOISE);
  private final Line time2 = new Line(NOISE, NOISE);
  private final List<Level> down = new ArrayList<>();
  private final Block middle1;
  private final Attend middle2;
  private final Block middle3;
  private final List<Level> up = new ArrayList<>();
  private final Norm exitNorm;
  private final Conv exit;
  private final boolean nested;

  /** @param nested whether every block frees what it made before the next begins, or all waits for the end of the step */
  BareUNet(boolean nested) {
    this.nested = nested;
    Deque<Integer> skips = new ArrayDeque<>();
    skips.push(BASE);
    int width = BASE;
    for (int i = 0; i < 3; i++) {
      Level level = new Level();
      for (int j = 0; j < 2; j++) {
        level.add(new Block(width, WIDTHS[i]), i == 2 ? new Attend(WIDTHS[i]) : null);
        width = WIDTHS[i];
        skips.push(width);
      }
      if (i < 2) {
        level.change = new Conv(width, width, 3, 2);
        skips.push(width);
      }
      down.add(level);
    }
    middle1 = new Block(width, width);
    middle2 = new Attend(width);
    middle3 = new Block(width, width);
    for (int i = 2; i >= 0; i--) {
      Level level = new Level();
      for (int j = 0; j < 3; j++) {
        level.add(new Block(width + skips.pop(), WIDTHS[i]), i == 2 ? new Attend(WIDTHS[i]) : null);
        width = WIDTHS[i];
      }
      level.change = i > 0 ? new Conv(width, width, 3, 1) : null;
      up.add(level);
    }
    exitNorm = new Norm(width);
    exit = new Conv(width, 1, 3, 1);
  }

  /** How many numbers the network has. */
  long size() {
    return weights.stream().mapToLong(Tensor::numel).sum();
  }

  Tensor forward(Tensor x, Tensor timesteps) {
    Tensor level = torch.silu(time2.apply(torch.silu(time1.apply(sinusoids(timesteps)))));
    Deque<Tensor> skips = new ArrayDeque<>();
    Tensor h = entrance.apply(x);
    skips.push(h);
    for (Level stage : down) {
      for (int j = 0; j < stage.blocks.size(); j++) {
        h = stage.step(j, h, level);
        skips.push(h);
      }
      if (stage.change != null) {
        h = stage.change.apply(h);
        skips.push(h);
      }
    }
    h = middle3.apply(middle2.apply(middle1.apply(h, level)), level);
    for (Level stage : up) {
      for (int j = 0; j < stage.blocks.size(); j++) {
        h = stage.step(j, torch.cat(new TensorVector(h, skips.pop()), 1), level);
      }
      if (stage.change != null) {
        h = stage.change.apply(doubled(h));
      }
    }
    return exit.apply(torch.silu(exitNorm.apply(h)));
  }

  private static Tensor doubled(Tensor x) {
    return torch.upsample_nearest2d(x, new long[] {2 * x.size(2), 2 * x.size(3)});
  }

  private static Tensor sinusoids(Tensor timesteps) {
    Tensor turns =
        torch.exp(
            torch
                .arange(new Scalar(BASE / 2))
                .mul(new Scalar(-StrictMath.log(10_000) / (BASE / 2))));
    Tensor angles = timesteps.unsqueeze(1).mul(turns.unsqueeze(0));
    return torch.cat(new TensorVector(torch.sin(angles), torch.cos(angles)), 1);
  }

  private Tensor weight(double size, long... shape) {
    Tensor weight = torch.randn(shape).mul_(new Scalar(size)).set_requires_grad(true);
    weight.retainReference();
    weights.add(weight);
    return weight;
  }

  private static TensorOptional optional(Tensor tensor) {
    TensorOptional optional = new TensorOptional(tensor);
    optional.retainReference();
    return optional;
  }

  private interface Inside {
    Tensor value();
  }

  private Tensor around(Inside block) {
    if (!nested) {
      return block.value();
    }
    PointerScope inner = new PointerScope();
    Tensor result = block.value();
    result.retainReference();
    inner.close();
    PointerScope.getInnerScope().attach(result);
    result.releaseReference();
    return result;
  }

  private final class Conv {
    private final Tensor weight;
    private final TensorOptional bias;
    private final long[] stride;
    private final long[] padding;

    Conv(int inputs, int outputs, int kernel, int step) {
      weight = weight(Math.sqrt(1.0 / (inputs * kernel * kernel)), outputs, inputs, kernel, kernel);
      bias = optional(weight(0, outputs));
      stride = new long[] {step, step};
      padding = new long[] {kernel / 2, kernel / 2};
    }

    Tensor apply(Tensor x) {
      return torch.conv2d(x, weight, bias, stride, padding, ONE, 1);
    }
  }

  private final class Line {
    private final Tensor weight;
    private final TensorOptional bias;

    Line(int inputs, int outputs) {
      weight = weight(Math.sqrt(1.0 / inputs), outputs, inputs);
      bias = optional(weight(0, outputs));
    }

    Tensor apply(Tensor x) {
      return torch.linear(x, weight, bias);
    }
  }

  private final class Norm {
    private final TensorOptional scale;
    private final TensorOptional shift;

    Norm(int channels) {
      scale = optional(weight(1, channels));
      shift = optional(weight(0, channels));
    }

    Tensor apply(Tensor x) {
      return torch.group_norm(x, 32, scale, shift, 1e-5, false);
    }
  }

  private final class Block {
    private final Norm norm1;
    private final Conv conv1;
    private final Line level;
    private final Norm norm2;
    private final Conv conv2;
    private final @Nullable Conv direct;

    Block(int inputs, int outputs) {
      norm1 = new Norm(inputs);
      conv1 = new Conv(inputs, outputs, 3, 1);
      level = new Line(NOISE, outputs);
      norm2 = new Norm(outputs);
      conv2 = new Conv(outputs, outputs, 3, 1);
      direct = inputs == outputs ? null : new Conv(inputs, outputs, 1, 1);
    }

    Tensor apply(Tensor x, Tensor told) {
      return around(
          () -> {
            Tensor h = conv1.apply(torch.silu(norm1.apply(x)));
            h = h.add(level.apply(told).unsqueeze(-1).unsqueeze(-1));
            h = conv2.apply(torch.silu(norm2.apply(h)));
            return h.add(direct == null ? x : direct.apply(x));
          });
    }
  }

  private final class Attend {
    private final int channels;
    private final Norm norm;
    private final Line query;
    private final Line key;
    private final Line value;
    private final Line out;

    Attend(int channels) {
      this.channels = channels;
      norm = new Norm(channels);
      query = new Line(channels, channels);
      key = new Line(channels, channels);
      value = new Line(channels, channels);
      out = new Line(channels, channels);
    }

    Tensor apply(Tensor x) {
      return around(
          () -> {
            Tensor tokens = norm.apply(x).flatten(2, 3).transpose(1, 2);
            Tensor mixed =
                torch.scaled_dot_product_attention(
                    query.apply(tokens).unsqueeze(1),
                    key.apply(tokens).unsqueeze(1),
                    value.apply(tokens).unsqueeze(1));
            Tensor image = out.apply(mixed.squeeze(1)).transpose(1, 2);
            return x.add(image.reshape(x.size(0), channels, x.size(2), x.size(3)));
          });
    }
  }

  private static final class Level {
    private final List<Block> blocks = new ArrayList<>();
    private final List<@Nullable Attend> attentions = new ArrayList<>();
    private @Nullable Conv change;

    void add(Block block, @Nullable Attend attention) {
      blocks.add(block);
      attentions.add(attention);
    }

    Tensor step(int j, Tensor x, Tensor told) {
      Tensor h = blocks.get(j).apply(x, told);
      Attend attention = attentions.get(j);
      return attention == null ? h : attention.apply(h);
    }
  }

  /** A training step: noise, forward, backward, AdamW, moving average. */
  static final class Training {
    private final BareUNet network;
    private final boolean bf16;
    private final int rows;
    private final TensorVector learned = new TensorVector();
    private final List<Tensor> averages = new ArrayList<>();
    private final AdamW optimizer;

    Training(BareUNet network, boolean bf16, int rows) {
      this.network = network;
      this.bf16 = bf16;
      this.rows = rows;
      for (Tensor weight : network.weights) {
        learned.push_back(weight);
        Tensor average = weight.detach().clone();
        average.retainReference();
        averages.add(average);
      }
      optimizer = new AdamW(learned, new AdamWOptions(1e-4));
    }

    @SuppressWarnings("try") // the scope is there to be closed
    double step() {
      try (PointerScope scope = new PointerScope()) {
        Tensor clean = torch.randn(rows, 1, 32, 32);
        Tensor noise = torch.randn(rows, 1, 32, 32);
        Tensor timesteps = torch.rand(rows).mul(new Scalar(1000));
        Tensor noised = clean.mul(new Scalar(0.8)).add(noise.mul(new Scalar(0.6)));
        optimizer.zero_grad();
        autocast(bf16);
        Tensor output = network.forward(noised, timesteps);
        autocast(false);
        Tensor loss = torch.mse_loss(output.to(torch.ScalarType.Float), noise);
        loss.backward();
        optimizer.step();
        try (NoGradGuard still = new NoGradGuard()) {
          for (int i = 0; i < averages.size(); i++) {
            averages.get(i).lerp_(network.weights.get(i), new Scalar(0.001));
          }
        }
        return loss.item_float();
      }
    }
  }

  /** One forward pass of so many images. */
  @SuppressWarnings("try") // scope and guard are there to be closed
  void infer(int rows, boolean bf16) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard still = new NoGradGuard()) {
      autocast(bf16);
      forward(torch.randn(rows, 1, 32, 32), torch.rand(rows).mul(new Scalar(1000)));
      autocast(false);
    }
  }

  private static void autocast(boolean on) {
    if (on) {
      torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
    } else {
      torch.clear_cache();
    }
    torch.set_autocast_enabled(torch.DeviceType.CPU, on);
  }
}
