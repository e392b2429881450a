package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A learned vector for each of so many classes. */
final class ClassTable implements ClassEmbedding {
  private final int weight;

  ClassTable(Layout layout, int classes, int width, double deviation) {
    weight = layout.normal("class_embedding.weight", deviation, classes, width);
  }

  @Override
  public Tensor apply(Parameters p, Tensor labels) {
    return torch.embedding(p.get(weight), labels.select(1, 0).to(torch.ScalarType.Long));
  }
}
