package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** From features of the noise level, or of a label, to a vector that every block reads: W₂ silu(W₁ x). */
final class NoiseEmbedding {
  private final Linear first;
  private final Linear second;

  NoiseEmbedding(Layout layout, String name, int features, int width) {
    first = new Linear(layout, name + ".linear_1", features, width, 1);
    second = new Linear(layout, name + ".linear_2", width, width, 1);
  }

  Tensor apply(Parameters p, Tensor features) {
    return second.apply(p, torch.silu(first.apply(p, features)));
  }
}
