package dev.langevin.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Arrays of numbers in binary files: how many a shape promises, and reading just as many as are really there. */
final class Elements {
  private static final double EXACT = 0x1p53;

  private Elements() {}

  /** Product of the lengths, or an error if no array can have so many. */
  static long count(String place, long[] shape) {
    long count = 1;
    boolean zero = false;
    for (long length : shape) {
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw implausible(place, shape);
      }
      zero |= length == 0;
    }
    for (long length : zero ? new long[] {0} : shape) {
      if (length != 0 && count > Integer.MAX_VALUE / length) {
        throw GrowingArray.tooLong(place);
      }
      count *= length;
    }
    return count;
  }

  private static InputError implausible(String place, long[] shape) {
    return new InputError(
        place,
        "its header gives the impossible shape " + Arrays.toString(shape),
        "the file is damaged: copy or download it again");
  }

  /** Reads {@code count} numbers and requires the file to end there. */
  static double[] read(Source source, ElementType type, ByteOrder order, long count)
      throws IOException {
    String place = source.path().toString();
    GrowingArray values = new GrowingArray(place);
    byte[] bytes = new byte[1 << 15];
    while (values.size() < count) {
      int wanted = (int) Math.min(bytes.length, (count - values.size()) * type.size);
      int found = source.fill(bytes, wanted) / type.size * type.size;
      decode(place, ByteBuffer.wrap(bytes, 0, found).order(order), type, values);
      if (found < wanted) {
        throw new InputError(
            place,
            "ends after "
                + values.size()
                + " of the "
                + count
                + " numbers that its header promises",
            "it was cut off: copy or download it again");
      }
    }
    if (!source.atEnd()) {
      throw new InputError(
          place,
          "goes on after the " + count + " numbers that its header promises",
          "the file is damaged: copy or download it again");
    }
    return values.toArray();
  }

  private static void decode(
      String place, ByteBuffer bytes, ElementType type, GrowingArray values) {
    while (bytes.hasRemaining()) {
      values.add(exact(place, type, type.next(bytes)));
    }
  }

  /** The same number, unless it is an integer that may have been rounded. */
  static double exact(String place, ElementType type, double value) {
    boolean large = type == ElementType.I64 || type == ElementType.U64;
    if (large && Math.abs(value) >= EXACT) {
      throw new InputError(
          place,
          "holds integers beyond 2^53, which floating-point numbers cannot tell apart",
          "subtract an offset or divide first");
    }
    return value;
  }
}
