package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;

/**
 * The wiring of an architecture: which weights there are, and what is computed from them. It holds no numbers, so one network serves
 * the weights in training and their moving average alike. Making one needs no native library.
 */
interface Network {
  Layout layout();

  /**
   * How many rows one thread takes at a time: enough that arithmetic outweighs the overhead of an operation (about 10 µs), few
   * enough that a batch feeds several threads. A function of the architecture alone, for it decides about rounding.
   */
  int rowsAtOnce();

  /** Numbers that tell one row's noise level: {@link NoiseFeatures}, or the level itself where the network makes features of its own. */
  default int noiseColumns() {
    return NoiseFeatures.COUNT;
  }

  /**
   * Writes them.
   *
   * @param level c_noise, in the variable that the network was trained with
   * @param out {@code rows × noiseColumns}
   * @throws IllegalArgumentException if the network cannot take this level
   */
  default void noise(double level, float[] out, int row) {
    NoiseFeatures.fill(level, out, row);
  }

  /** Numbers that tell one row's label; 0 where the network knows none. */
  int labelColumns();

  /** Whether the output is made of a derivative, so that the backend has to keep its graph even in use. */
  default boolean keepsGraph() {
    return false;
  }

  /**
   * The network's output. To be called inside a scope.
   *
   * @param x {@code [rows, …row shape]}
   */
  Tensor forward(Parameters parameters, Tensor x, Condition condition, Dropout dropout);

  static Network of(Architecture architecture) {
    return of(architecture, false);
  }

  /**
   * The wiring.
   *
   * @param smooth whether it will be differentiated twice, see {@link Style}
   */
  static Network of(Architecture architecture, boolean smooth) {
    if (architecture instanceof UNet unet) {
      return new UNetNetwork(UNetPlan.of(unet, smooth));
    }
    if (architecture instanceof UNet2D unet) {
      return new UNetNetwork(UNetPlan.of(unet, smooth));
    }
    if (architecture instanceof Conservative conservative) {
      return new ConservativeNetwork(conservative);
    }
    if (architecture instanceof Perceptron perceptron) {
      return new PerceptronNetwork(perceptron);
    }
    if (architecture instanceof Autoencoder autoencoder) {
      return new AutoencoderNetwork(autoencoder);
    }
    return new MlpNetwork((Mlp) architecture);
  }
}
