package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Normalises groups of channels of each row to mean 0 and variance 1, then scales and shifts each channel (Wu &amp; He 2018). */
final class GroupNorm {
  private final int groups;
  private final double epsilon;
  private final int weight;
  private final int bias;

  GroupNorm(Layout layout, String name, int channels, Style style) {
    this(layout, name, channels, style.groups().applyAsInt(channels), style.epsilon());
  }

  /**
   * At the next place of the layout.
   *
   * @param groups divides {@code channels}
   * @param epsilon added to the variance
   */
  GroupNorm(Layout layout, String name, int channels, int groups, double epsilon) {
    this.groups = groups;
    this.epsilon = epsilon;
    weight = layout.constant(name + ".weight", 1, channels);
    bias = layout.constant(name + ".bias", 0, channels);
  }

  /** At most 32 groups of at least 4 channels, where the number of channels allows. */
  static int groups(int channels) {
    int groups = Math.min(32, Math.max(1, channels / 4));
    while (channels % groups != 0) {
      groups--;
    }
    return groups;
  }

  Tensor apply(Parameters p, Tensor x) {
    return torch.group_norm(x, groups, p.optional(weight), p.optional(bias), epsilon, false);
  }
}
