package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** From the noise level's features to the vector that every block reads: two linear maps with SiLU after each. */
final class NoiseEmbedding {
  private final Linear first;
  private final Linear second;

  NoiseEmbedding(Layout layout, int width) {
    first = new Linear(layout, "time_embedding.linear_1", NoiseFeatures.COUNT, width, 1);
    second = new Linear(layout, "time_embedding.linear_2", width, width, 1);
  }

  Tensor apply(Parameters p, Tensor noise) {
    return torch.silu(second.apply(p, torch.silu(first.apply(p, noise))));
  }
}
