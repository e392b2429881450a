package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;

/** A number, with the features of a noise level and an embedding of its own. */
final class ClassNumber implements ClassEmbedding {
  private final TimeFeatures features;
  private final NoiseEmbedding embedding;

  ClassNumber(Layout layout, TimeFeatures features, int width) {
    this.features = features;
    embedding = new NoiseEmbedding(layout, "class_embedding", features.width(), width);
  }

  @Override
  public Tensor apply(Parameters p, Tensor labels) {
    return embedding.apply(p, features.apply(p, labels));
  }
}
