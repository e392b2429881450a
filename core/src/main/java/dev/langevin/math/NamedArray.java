package dev.langevin.math;

import java.util.Arrays;

/**
 * An array of numbers with a name and a shape: what a model file is made of, and all that the tensor backend and the files know
 * of each other.
 *
 * <p>The array is shared, not copied: models have millions of weights. Whoever makes one gives the array away.
 *
 * @param name unique within a model, for example {@code down_blocks.0.resnets.1.conv1.weight}
 * @param shape lengths of the axes, outermost first; empty for a scalar
 * @param values row-major, {@code product(shape)} numbers
 */
public record NamedArray(String name, int[] shape, float[] values) {
  public NamedArray {
    shape = shape.clone();
    long size = size(shape);
    if (size != values.length) {
      throw new IllegalArgumentException(
          name
              + " has shape "
              + Arrays.toString(shape)
              + " and so "
              + size
              + " values, got "
              + values.length);
    }
  }

  /** The number of values that an array of this shape has; 1 for a scalar. */
  public static long size(int... shape) {
    long size = 1;
    for (int length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "shape must not be negative, got " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, length);
    }
    return size;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedArray that
        && name.equals(that.name)
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
