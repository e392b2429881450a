package dev.langevin.tensor;

import dev.langevin.math.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small convolutional network that tells the classes of images, whose last hidden layer serves as features: a convolution of 5×5 with stride two, one of 3×3 with twice the channels,
 * the largest of each 2×2, one of 3×3 with twice the channels again, a hidden layer, the logits (after LeCun, Bottou, Bengio &amp; Haffner 1998). Every layer but the last is followed by max(x, 0), so features are not negative.
 *
 * @param channels of an image
 * @param height of an image, 8 … 512
 * @param width of an image, 8 … 512
 * @param base channels of the first convolution
 * @param features units of the hidden layer
 * @param classes at least 2
 */
public record Classifier(int channels, int height, int width, int base, int features, int classes) {
  static final String KIND = "classifier";
  private static final int MOST = 512;

  public Classifier {
    Check.between("channels", channels, 1, 16);
    Check.between("height", height, 8, MOST);
    Check.between("width", width, 8, MOST);
    Check.between("base", base, 1, MOST);
    Check.between("features", features, 1, 4096);
    Check.between("classes", classes, 2, 1000);
  }

  /** The network of the size that ships: 16, 32 and 64 channels, 64 features; 224,970 weights for ten classes of 28×28 pixels. */
  public static Classifier of(int[] rowShape, int classes) {
    if (rowShape.length != 3) {
      throw new IllegalArgumentException("rowShape must be [channels, height, width]");
    }
    return new Classifier(rowShape[0], rowShape[1], rowShape[2], 16, 64, classes);
  }

  /** Numbers in one image. */
  public int dimension() {
    return channels * height * width;
  }

  /** The shape of one image. */
  public int[] rowShape() {
    return new int[] {channels, height, width};
  }

  /** Number of weights. Needs no native library. */
  public long parameters() {
    return new ClassifierNetwork(this).layout().size();
  }

  /** The settings by name: what a file keeps. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", KIND);
    map.put("row_shape", List.of(channels, height, width));
    map.put("base", base);
    map.put("features", features);
    map.put("classes", classes);
    return map;
  }

  /**
   * The network that {@link #toMap} described.
   *
   * @throws IllegalArgumentException if a setting is missing, unknown or out of range
   */
  public static Classifier fromMap(Map<String, Object> map) {
    Settings settings = Settings.of("classifier", map);
    String kind = settings.text("kind");
    List<Integer> shape = settings.integers("row_shape");
    if (!kind.equals(KIND) || shape.size() != 3) {
      throw new IllegalArgumentException(
          "classifier must be of kind " + KIND + " and row_shape of 3 lengths, got " + map);
    }
    Classifier read =
        new Classifier(
            shape.get(0),
            shape.get(1),
            shape.get(2),
            settings.integer("base"),
            settings.integer("features"),
            settings.integer("classes"));
    settings.done();
    return read;
  }
}
