package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** y = x Wᵀ + b over the last axis. */
final class Linear {
  private final int weight;
  private final int bias;

  /**
   * A layer at the next place of the layout.
   *
   * @param gain of the start values, see {@link Layout.Convention}
   */
  Linear(Layout layout, String name, int inputs, int outputs, double gain) {
    weight = layout.matrix(name + ".weight", gain, inputs, outputs, inputs);
    bias = layout.offset(name + ".bias", inputs, outputs);
  }

  Tensor apply(Parameters p, Tensor x) {
    return torch.linear(x, p.get(weight), p.optional(bias));
  }
}
