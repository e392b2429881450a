package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The shape of a network: which numbers it has and how they are wired, without the numbers. Two networks of equal architecture
 * can exchange weights.
 *
 * <p>Every architecture maps a noisy row and its noise level to a row of the same shape; what the output means is the
 * objective's affair ({@link dev.langevin.objective.EdmObjective}).
 */
public sealed interface Architecture
    permits UNet, UNet2D, Mlp, Perceptron, Conservative, Autoencoder {
  /** The shape of one row: {@code [d]} for points, {@code [channels, height, width]} for images. */
  int[] rowShape();

  /** Chance with which a hidden unit is silenced during training, 0 … 1; always 0 in use. */
  double dropout();

  /**
   * The same with another number of hidden units: {@code baseChannels} of a U-Net, {@code width} of a perceptron. What "larger" and
   * "smaller" mean to a user.
   */
  Architecture withWidth(int width);

  /** How many class labels the network knows, 0 … labels - 1; 0 if it takes none. */
  int labels();

  /**
   * The same with so many class labels.
   *
   * @param count at least 1, one for "none" among them if guidance is wanted
   */
  Architecture withLabels(int count);

  /** Number of coordinates of a row. */
  default int dimension() {
    return (int) NamedArray.size(rowShape());
  }

  /** Numbers of the output for one row: as many as the row has, or twice as many where a variance is told too. */
  default int outputs() {
    return dimension();
  }

  /** Number of weights. Needs no native library. */
  default long parameters() {
    return Network.of(this).layout().size();
  }

  /** The settings by name, of strings, numbers, booleans and lists only: what a model file keeps. */
  Map<String, Object> toMap();

  /**
   * The architecture that {@link #toMap} described.
   *
   * @throws IllegalArgumentException if a setting is missing, unknown or out of range
   */
  static Architecture fromMap(Map<String, Object> map) {
    Settings settings = Settings.of("architecture", map);
    String kind = settings.text("kind");
    return switch (kind) {
      case UNet.KIND -> UNet.from(settings);
      case UNet2D.KIND -> UNet2DConfig.withKind(settings);
      case Mlp.KIND -> Mlp.from(settings);
      case Perceptron.KIND -> Perceptron.from(settings);
      case Conservative.KIND -> Conservative.from(settings);
      case Autoencoder.KIND -> Autoencoder.from(settings);
      default ->
          throw new IllegalArgumentException(
              "architecture.kind must be one of "
                  + List.of(
                      UNet.KIND,
                      UNet2D.KIND,
                      Mlp.KIND,
                      Perceptron.KIND,
                      Conservative.KIND,
                      Autoencoder.KIND)
                  + ", got "
                  + kind);
    };
  }

  /**
   * The architecture of a configuration file, our own ({@link #fromMap}) or diffusers' ({@link UNet2D#fromConfig}); ours is the one with a
   * {@code kind}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Architecture fromConfig(Map<String, Object> config) {
    if (config.containsKey("kind")) {
      return fromMap(config);
    }
    if (config.containsKey(UNet2DConfig.CLASS) || config.containsKey("block_out_channels")) {
      return UNet2D.fromConfig(config);
    }
    throw new IllegalArgumentException(
        "architecture must have a kind, or be the config.json of a UNet2DModel with its _class_name, got settings "
            + config.keySet());
  }

  /**
   * A network by the name of its size: for images a {@link UNet2D}, which diffusers can read, for points an {@link Mlp}.
   *
   * @param rowShape {@code [d]} or {@code [channels, height, width]}
   */
  static Architecture sized(Size size, int[] rowShape) {
    return switch (rowShape.length) {
      case 1 -> Mlp.sized(size, rowShape[0]);
      case 3 -> UNet2D.sized(size, rowShape[0], rowShape[1], rowShape[2]);
      default -> throw noShape(rowShape);
    };
  }

  private static IllegalArgumentException noShape(int[] rowShape) {
    return new IllegalArgumentException(
        "rowShape must be [d] or [channels, height, width], got " + Arrays.toString(rowShape));
  }

  /**
   * A network that suits rows of this shape: a residual multi-layer perceptron for points, a U-Net for images, larger for larger
   * images. The sizes are those that gave the best samples for the time on two cores; see the package description.
   *
   * @param rowShape {@code [d]} or {@code [channels, height, width]}
   */
  static Architecture fitting(int[] rowShape) {
    return switch (rowShape.length) {
      case 1 -> Mlp.fitting(rowShape[0]);
      case 3 -> UNet.fitting(rowShape[0], rowShape[1], rowShape[2]);
      default -> throw noShape(rowShape);
    };
  }

  /** The names and shapes of the weights, in the order of a model file. Needs no native library. */
  default List<String> weightNames() {
    return Network.of(this).layout().names();
  }
}
