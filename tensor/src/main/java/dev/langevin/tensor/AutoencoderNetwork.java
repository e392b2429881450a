package dev.langevin.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The wiring of an {@link Autoencoder}. */
final class AutoencoderNetwork implements Network {
  private static final int ROWS = 16;
  private static final double EPSILON = 1e-5;

  private final Layout layout = new Layout();
  private final Convolution entrance;
  private final List<Block> down = new ArrayList<>();
  private final List<Convolution> halve = new ArrayList<>();
  private final Convolution toLatent;
  private final Convolution fromLatent;
  private final List<Block> up = new ArrayList<>();
  private final List<Convolution> widen = new ArrayList<>();
  private final GroupNorm exitNorm;
  private final Convolution exit;

  AutoencoderNetwork(Autoencoder recipe) {
    int base = recipe.baseChannels();
    int wide = 2 * base;
    entrance = new Convolution(layout, "encoder.conv_in", recipe.channels(), base, 3, 1);
    for (int i = 0; i < recipe.halvings(); i++) {
      int width = i == 0 ? base : wide;
      down.add(new Block(layout, "encoder.blocks." + i, width));
      halve.add(new Convolution(layout, "encoder.halve." + i, width, wide, 3, 2, 1, 1));
    }
    down.add(new Block(layout, "encoder.blocks." + recipe.halvings(), wide));
    toLatent = new Convolution(layout, "encoder.conv_out", wide, recipe.latentChannels(), 1, 1);
    fromLatent = new Convolution(layout, "decoder.conv_in", recipe.latentChannels(), wide, 3, 1);
    up.add(new Block(layout, "decoder.blocks.0", wide));
    for (int i = 0; i < recipe.halvings(); i++) {
      int width = i == recipe.halvings() - 1 ? base : wide;
      widen.add(new Convolution(layout, "decoder.double." + i, wide, width, 3, 1));
      up.add(new Block(layout, "decoder.blocks." + (i + 1), width));
    }
    exitNorm = new GroupNorm(layout, "decoder.norm_out", base, GroupNorm.groups(base), EPSILON);
    exit = new Convolution(layout, "decoder.conv_out", base, recipe.channels(), 3, 0.1);
  }

  /** x + conv₂(silu(norm₂(conv₁(silu(norm₁ x))))). */
  private static final class Block {
    private final GroupNorm norm1;
    private final Convolution conv1;
    private final GroupNorm norm2;
    private final Convolution conv2;

    Block(Layout layout, String name, int width) {
      int groups = GroupNorm.groups(width);
      norm1 = new GroupNorm(layout, name + ".norm1", width, groups, EPSILON);
      conv1 = new Convolution(layout, name + ".conv1", width, width, 3, 1);
      norm2 = new GroupNorm(layout, name + ".norm2", width, groups, EPSILON);
      conv2 = new Convolution(layout, name + ".conv2", width, width, 3, 0.1);
    }

    Tensor apply(Parameters p, Tensor x) {
      return Scope.around(
          () -> {
            Tensor h = conv1.apply(p, torch.silu(norm1.apply(p, x)));
            return conv2.apply(p, torch.silu(norm2.apply(p, h))).add(x);
          });
    }
  }

  /** The latent of images. To be called inside a scope. */
  Tensor encode(Parameters p, Tensor x) {
    Tensor h = entrance.apply(p, x);
    for (int i = 0; i < halve.size(); i++) {
      h = halve.get(i).apply(p, down.get(i).apply(p, h));
    }
    return toLatent.apply(p, down.get(halve.size()).apply(p, h));
  }

  /** The images of latents. To be called inside a scope. */
  Tensor decode(Parameters p, Tensor z) {
    Tensor h = up.get(0).apply(p, fromLatent.apply(p, z));
    for (int i = 0; i < widen.size(); i++) {
      h = up.get(i + 1).apply(p, widen.get(i).apply(p, Resize.DOUBLE.of(h)));
    }
    return exit.apply(p, torch.silu(exitNorm.apply(p, h)));
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public int rowsAtOnce() {
    return ROWS;
  }

  @Override
  public int noiseColumns() {
    return 1;
  }

  @Override
  public void noise(double level, float[] out, int row) {
    out[row] = (float) level; // nobody reads it
  }

  @Override
  public int labelColumns() {
    return 0;
  }

  @Override
  public Tensor forward(Parameters p, Tensor x, Condition condition, Dropout dropout) {
    return decode(p, encode(p, x));
  }
}
