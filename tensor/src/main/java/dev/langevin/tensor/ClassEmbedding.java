package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What a network makes of a row's label: a vector that is added to the noise level's. */
interface ClassEmbedding {
  /** Numbers that it is given of each label. */
  default int columns() {
    return 1;
  }

  /** The vectors, {@code [rows or 1, width]}, from {@code [rows or 1, columns]}. */
  Tensor apply(Parameters p, Tensor labels);

  /** A learned vector for each of so many classes. */
  final class Table implements ClassEmbedding {
    private final int weight;

    Table(Layout layout, int classes, int width, double deviation) {
      weight = layout.normal("class_embedding.weight", deviation, classes, width);
    }

    @Override
    public Tensor apply(Parameters p, Tensor labels) {
      return torch.embedding(p.get(weight), labels.select(1, 0).to(torch.ScalarType.Long));
    }
  }

  /** A number, with the features of a noise level and an embedding of its own. */
  final class Timestep implements ClassEmbedding {
    private final TimeFeatures features;
    private final NoiseEmbedding embedding;

    Timestep(Layout layout, TimeFeatures features, int width) {
      this.features = features;
      embedding = new NoiseEmbedding(layout, "class_embedding", features.width(), width);
    }

    @Override
    public Tensor apply(Parameters p, Tensor labels) {
      return embedding.apply(p, features.apply(p, labels));
    }
  }

  /** The vector itself is the label. */
  record Identity(int columns) implements ClassEmbedding {
    @Override
    public Tensor apply(Parameters p, Tensor labels) {
      return labels;
    }
  }
}
