package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Normalises groups of channels of each row to mean 0 and variance 1, then scales and shifts each channel (Wu &amp; He 2018). At
 * most 32 groups of at least 4 channels, where the number of channels allows.
 */
final class GroupNorm {
  private static final double EPSILON = 1e-5;
  private final int groups;
  private final int weight;
  private final int bias;

  GroupNorm(Layout layout, String name, int channels) {
    groups = groups(channels);
    weight = layout.constant(name + ".weight", 1, channels);
    bias = layout.constant(name + ".bias", 0, channels);
  }

  static int groups(int channels) {
    int groups = Math.min(32, Math.max(1, channels / 4));
    while (channels % groups != 0) {
      groups--;
    }
    return groups;
  }

  Tensor apply(Parameters p, Tensor x) {
    return torch.group_norm(x, groups, p.optional(weight), p.optional(bias), EPSILON, false);
  }
}
