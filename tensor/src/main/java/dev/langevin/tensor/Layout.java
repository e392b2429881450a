package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each weight of a network lies in one long vector, and how it starts. All weights share one buffer so that the optimizer, the
 * gradient norm and the moving average are a dozen operations instead of a dozen per weight.
 *
 * <p>Layers ask for {@link #matrix} and {@link #offset}; what these start from is one {@link Convention} for the whole network.
 */
final class Layout {
  /** How layers start. */
  enum Convention {
    /** Matrices and kernels N(0, gain²/inputs), offsets at zero: a gain of zero makes a block start as the identity. */
    SCALED,

    /** Both uniform in ±1/√inputs, whatever the gain: PyTorch's default (its {@code Linear} and {@code Conv2d}). */
    TORCH
  }

  /** A law of start values: {@code mean} plus {@code scale} times a standard normal number, or one uniform in -1 … 1. */
  record Start(boolean uniform, double mean, double scale) {}

  /**
   * One weight.
   *
   * @param offset position of its first number in the buffer
   * @param learns false for random numbers that training must not change
   */
  record Entry(String name, int[] shape, long offset, Start start, boolean learns) {
    int length() {
      return (int) NamedArray.size(shape);
    }

    /** Weight decay is for what multiplies (matrices, kernels), not for offsets and scales. */
    boolean decays() {
      return shape.length > 1 && learns;
    }
  }

  private final Convention convention;
  private final List<Entry> entries = new ArrayList<>();
  private long size;

  Layout() {
    this(Convention.SCALED);
  }

  Layout(Convention convention) {
    this.convention = convention;
  }

  /** Adds a matrix or kernel that sums over so many inputs, and returns its index. */
  int matrix(String name, double gain, int inputs, int... shape) {
    if (convention == Convention.SCALED) {
      return normal(name, gain / Math.sqrt(inputs), shape);
    }
    return add(name, new Start(true, 0, 1 / Math.sqrt(inputs)), true, shape);
  }

  /** Adds the offsets of a layer that sums over so many inputs, and returns their index. */
  int offset(String name, int inputs, int length) {
    if (convention == Convention.SCALED) {
      return constant(name, 0, length);
    }
    return add(name, new Start(true, 0, 1 / Math.sqrt(inputs)), true, length);
  }

  /** Adds a weight that starts normally distributed with mean zero, and returns its index. */
  int normal(String name, double deviation, int... shape) {
    return add(name, new Start(false, 0, deviation), true, shape);
  }

  /** Adds normally distributed numbers that stay as they are, and returns their index. */
  int frozen(String name, double deviation, int... shape) {
    return add(name, new Start(false, 0, deviation), false, shape);
  }

  /** Adds a weight that starts at one value everywhere, and returns its index. */
  int constant(String name, double value, int... shape) {
    return add(name, new Start(false, value, 0), true, shape);
  }

  private int add(String name, Start start, boolean learns, int... shape) {
    if (NamedArray.size(shape) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " must have fewer than 2^31 numbers, got shape " + Arrays.toString(shape));
    }
    Entry entry = new Entry(name, shape.clone(), size, start, learns);
    entries.add(entry);
    size += entry.length();
    return entries.size() - 1;
  }

  long size() {
    return size;
  }

  List<Entry> entries() {
    return entries;
  }

  List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /** The start values. Each weight draws from its own address, so that one more layer does not move the others. */
  float[] start(Seed seed) {
    float[] values = new float[Math.toIntExact(size)];
    AddressedRandom random = seed.random();
    for (Entry entry : entries) {
      random.moveTo(seed.child(entry.name()));
      Start start = entry.start();
      int from = (int) entry.offset();
      for (int i = from; i < from + entry.length(); i++) {
        double draw = start.uniform() ? 2 * random.nextDouble() - 1 : random.nextGaussian();
        values[i] = (float) (start.mean() + start.scale() * draw);
      }
    }
    return values;
  }

  /** Splits the buffer into arrays with names, prefixed. */
  List<NamedArray> split(String prefix, float[] values) {
    List<NamedArray> arrays = new ArrayList<>();
    for (Entry entry : entries) {
      float[] part = new float[entry.length()];
      System.arraycopy(values, (int) entry.offset(), part, 0, part.length);
      arrays.add(new NamedArray(prefix + entry.name(), entry.shape(), part));
    }
    return arrays;
  }

  /** The reverse of {@link #split}: picks the arrays of this prefix, in any order, and refuses missing, unknown or misshapen ones before any memory is taken. */
  float[] join(String prefix, List<NamedArray> arrays) {
    Map<Entry, float[]> found = new LinkedHashMap<>();
    Map<String, Entry> missing = new LinkedHashMap<>();
    entries.forEach(entry -> missing.put(entry.name(), entry));
    for (NamedArray array : arrays) {
      if (array.name().startsWith(prefix)) {
        String name = array.name().substring(prefix.length());
        Entry entry = missing.remove(name);
        if (entry == null) {
          throw noPlace(name);
        }
        requireShape(entry, array);
        found.put(entry, array.values());
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "weights lack " + prefix + missing.keySet().iterator().next());
    }
    float[] values = new float[Math.toIntExact(size)];
    found.forEach(
        (entry, own) -> System.arraycopy(own, 0, values, (int) entry.offset(), own.length));
    return values;
  }

  private IllegalArgumentException noPlace(String name) {
    return new IllegalArgumentException(
        names().contains(name)
            ? "weights has " + name + " twice"
            : "weights has no place in this architecture: " + name);
  }

  private static void requireShape(Entry entry, NamedArray array) {
    if (!Arrays.equals(entry.shape(), array.shape())) {
      throw new IllegalArgumentException(
          "weights: "
              + entry.name()
              + " must have shape "
              + Arrays.toString(entry.shape())
              + ", got "
              + Arrays.toString(array.shape()));
    }
  }

  /** The name of the first weight with a number that is not finite, or null. */
  @Nullable String firstNotFinite(float[] values) {
    for (Entry entry : entries) {
      for (int i = 0; i < entry.length(); i++) {
        if (!Float.isFinite(values[(int) entry.offset() + i])) {
          return entry.name();
        }
      }
    }
    return null;
  }
}
