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
public sealed interface Architecture permits UNet, Mlp {
  /** The shape of one row: {@code [d]} for points, {@code [channels, height, width]} for images. */
  int[] rowShape();

  /** Chance with which a hidden unit is silenced during training, 0 … 1; always 0 in use. */
  double dropout();

  /** Number of coordinates of a row. */
  default int dimension() {
    return (int) NamedArray.size(rowShape());
  }

  /** Number of trainable numbers. Needs no native library. */
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
      case Mlp.KIND -> Mlp.from(settings);
      default ->
          throw new IllegalArgumentException(
              "architecture.kind must be " + UNet.KIND + " or " + Mlp.KIND + ", got " + kind);
    };
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
      default ->
          throw new IllegalArgumentException(
              "rowShape must be [d] or [channels, height, width], got "
                  + Arrays.toString(rowShape));
    };
  }

  /** The names and shapes of the weights, in the order of a model file. Needs no native library. */
  default List<String> weightNames() {
    return Network.of(this).layout().names();
  }
}
