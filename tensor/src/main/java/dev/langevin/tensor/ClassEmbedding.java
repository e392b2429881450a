package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;

/** What a network makes of a row's label: a vector that is added to the noise level's. */
interface ClassEmbedding {
  /** Numbers that it is given of each label. */
  default int columns() {
    return 1;
  }

  /** The vectors, {@code [rows or 1, width]}, from {@code [rows or 1, columns]}. */
  Tensor apply(Parameters p, Tensor labels);
}
