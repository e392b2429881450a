package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each weight of a network lies in one long vector, and how it starts. All weights share one buffer so that the optimizer, the
 * gradient norm and the moving average are a dozen operations instead of a dozen per weight.
 */
final class Layout {
  /**
   * One weight.
   *
   * @param offset position of its first number in the buffer
   * @param mean mean of the start values
   * @param deviation standard deviation of the start values
   */
  record Entry(String name, int[] shape, long offset, double mean, double deviation) {
    int length() {
      return (int) NamedArray.size(shape);
    }

    /** Weight decay is for what multiplies (matrices, kernels), not for offsets and scales. */
    boolean decays() {
      return shape.length > 1;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private long size;

  /** Adds a weight that starts normally distributed with mean zero, and returns its index. */
  int normal(String name, double deviation, int... shape) {
    return add(name, 0, deviation, shape);
  }

  /** Adds a weight that starts at one value everywhere, and returns its index. */
  int constant(String name, double value, int... shape) {
    return add(name, value, 0, shape);
  }

  private int add(String name, double mean, double deviation, int... shape) {
    Entry entry = new Entry(name, shape.clone(), size, mean, deviation);
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
      int from = (int) entry.offset();
      for (int i = from; i < from + entry.length(); i++) {
        values[i] = (float) (entry.mean() + entry.deviation() * random.nextGaussian());
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

  /** The reverse of {@link #split}: picks the arrays of this prefix, in any order, and refuses missing, unknown or misshapen ones. */
  float[] join(String prefix, List<NamedArray> arrays) {
    float[] values = new float[Math.toIntExact(size)];
    List<String> missing = new ArrayList<>(names());
    for (NamedArray array : arrays) {
      if (array.name().startsWith(prefix)) {
        String name = array.name().substring(prefix.length());
        Entry entry = entry(name);
        requireShape(entry, array);
        System.arraycopy(array.values(), 0, values, (int) entry.offset(), entry.length());
        missing.remove(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("weights lack " + prefix + missing.get(0));
    }
    return values;
  }

  private Entry entry(String name) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("weights has no place in this architecture: " + name));
  }

  private static void requireShape(Entry entry, NamedArray array) {
    if (!java.util.Arrays.equals(entry.shape(), array.shape())) {
      throw new IllegalArgumentException(
          "weights: "
              + entry.name()
              + " must have shape "
              + java.util.Arrays.toString(entry.shape())
              + ", got "
              + java.util.Arrays.toString(array.shape()));
    }
  }

  /** The name of the first weight with a number that is not finite, or null. */
  @org.jspecify.annotations.Nullable
  String firstNotFinite(float[] values) {
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
