package dev.langevin.tensor;

import dev.langevin.math.Check;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A residual multi-layer perceptron for points and feature vectors: the row is mapped to {@code width} units, passes
 * {@code depth} blocks x + W₂ silu(W₁ ((1 + scale) · norm(x) + shift)), and is mapped back. The noise level enters every block as
 * scale and shift of its normalisation; the last map of every block and of the network start at zero, as in {@link UNet}.
 *
 * @param dimension coordinates of a row
 * @param width hidden units; even
 * @param depth residual blocks
 * @param dropout chance of silencing a hidden unit in training
 * @param labels how many class labels there are, one for "none" among them if guidance is wanted; 0 for a network without labels
 */
public record Mlp(int dimension, int width, int depth, double dropout, int labels)
    implements Architecture {
  static final String KIND = "mlp";

  public Mlp {
    Check.atLeast("dimension", dimension, 1);
    Check.atLeast("width", width, 2);
    Check.atLeast("depth", depth, 1);
    Check.notNegative("dropout", dropout);
    Check.atLeast("labels", labels, 0);
    if (width % 2 != 0) {
      throw new IllegalArgumentException("width must be even, got " + width);
    }
    if (dropout >= 1) {
      throw new IllegalArgumentException("dropout must be below 1, got " + dropout);
    }
  }

  /** Without labels. */
  public Mlp(int dimension, int width, int depth, double dropout) {
    this(dimension, width, depth, dropout, 0);
  }

  @Override
  public Mlp withWidth(int units) {
    return new Mlp(dimension, units, depth, dropout, labels);
  }

  @Override
  public Mlp withLabels(int count) {
    return new Mlp(dimension, width, depth, dropout, count);
  }

  static Mlp sized(Size size, int dimension) {
    return switch (size) {
      case TINY -> new Mlp(dimension, 64, 2, 0);
      case SMALL -> new Mlp(dimension, 256, 3, 0);
      case BASE -> new Mlp(dimension, 1024, 4, 0);
    };
  }

  static Mlp fitting(int dimension) {
    return new Mlp(dimension, dimension > 32 ? 256 : 128, 3, 0);
  }

  @Override
  public int[] rowShape() {
    return new int[] {dimension};
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", KIND);
    map.put("dimension", dimension);
    map.put("width", width);
    map.put("depth", depth);
    map.put("dropout", dropout);
    if (labels > 0) {
      map.put("labels", labels);
    }
    return map;
  }

  static Mlp from(Settings settings) {
    Mlp mlp =
        new Mlp(
            settings.integer("dimension"),
            settings.integer("width"),
            settings.integer("depth"),
            settings.number("dropout"),
            settings.integer("labels", 0));
    settings.done();
    return mlp;
  }
}
