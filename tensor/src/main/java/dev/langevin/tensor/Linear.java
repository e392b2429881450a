package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** y = x Wᵀ + b over the last axis; starts with variance {@code gain²/inputs}, or at zero. */
final class Linear {
  private final int weight;
  private final int bias;

  Linear(Layout layout, String name, int inputs, int outputs, double gain) {
    weight = layout.normal(name + ".weight", gain / Math.sqrt(inputs), outputs, inputs);
    bias = layout.constant(name + ".bias", 0, outputs);
  }

  Tensor apply(Parameters p, Tensor x) {
    return torch.linear(x, p.get(weight), p.optional(bias));
  }
}
