package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;

/**
 * The wiring of an architecture: which weights there are, and what is computed from them. It holds no numbers, so one network serves
 * the weights in training and their moving average alike. Making one needs no native library.
 */
interface Network {
  Layout layout();

  /**
   * The network's output, shaped as {@code x}. To be called inside a scope.
   *
   * @param x {@code [rows, …row shape]}
   * @param noise {@code [rows or 1, NoiseFeatures.COUNT]}: the noise level of each row, or of all
   */
  Tensor forward(Parameters parameters, Tensor x, Tensor noise, Dropout dropout);

  static Network of(Architecture architecture) {
    return architecture instanceof UNet unet
        ? new UNetNetwork(unet)
        : new MlpNetwork((Mlp) architecture);
  }
}
