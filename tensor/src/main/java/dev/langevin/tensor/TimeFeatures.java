package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What a network makes of the noise level before its embedding. */
interface TimeFeatures {
  /** Numbers that it is given of each level. */
  default int columns() {
    return 1;
  }

  /** Writes these numbers for one row. */
  default void fill(double level, float[] out, int row) {
    out[row] = (float) level;
  }

  /** Number of features. */
  int width();

  /** The features, {@code [rows or 1, width]}, from {@code [rows or 1, columns]}. */
  Tensor apply(Parameters p, Tensor levels);

  /** What becomes of the network's output. */
  default Tensor finished(Tensor output, Tensor levels) {
    return output;
  }

  /** Sines and cosines side by side. */
  static Tensor waves(Tensor angles, boolean cosineFirst) {
    Tensor sines = angles.sin();
    Tensor cosines = angles.cos();
    return torch.cat(
        cosineFirst ? new TensorVector(cosines, sines) : new TensorVector(sines, cosines), 1);
  }
}
