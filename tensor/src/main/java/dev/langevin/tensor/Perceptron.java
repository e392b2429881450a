package dev.langevin.tensor;

import dev.langevin.math.Check;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A multi-layer perceptron for energies of points: {@code depth} layers of {@code width} units h ↦ tanh(W h + b) and a last map back to the row, which starts at zero. It
 * is told no noise level. Bounded, so that the scalar of a {@link Conservative} around it grows no faster than the row, and without the normalisation of {@link Mlp},
 * which bends sharply wherever units come near each other: losses that hold second derivatives are drawn to such places without bound.
 *
 * @param dimension coordinates of a row
 * @param width hidden units; even
 * @param depth layers
 */
public record Perceptron(int dimension, int width, int depth) implements Architecture {
  static final String KIND = "perceptron";

  public Perceptron {
    Check.atLeast("dimension", dimension, 1);
    Check.atLeast("width", width, 2);
    Check.atLeast("depth", depth, 1);
    if (width % 2 != 0) {
      throw new IllegalArgumentException("width must be even, got " + width);
    }
  }

  @Override
  public Perceptron withWidth(int units) {
    return new Perceptron(dimension, units, depth);
  }

  @Override
  public double dropout() {
    return 0;
  }

  @Override
  public int labels() {
    return 0;
  }

  /** Refuses. */
  @Override
  public Perceptron withLabels(int count) {
    throw new IllegalArgumentException("labels must be left out: a Perceptron takes none");
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
    return map;
  }

  static Perceptron from(Settings settings) {
    Perceptron perceptron =
        new Perceptron(
            settings.integer("dimension"), settings.integer("width"), settings.integer("depth"));
    settings.done();
    return perceptron;
  }
}
