package dev.langevin.io;

import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What the head of an npy or IDX file says of the numbers behind it.
 *
 * @param lengths of the axes, outermost first
 * @param fortran whether the first axis runs fastest
 * @param offset where the numbers begin, in bytes
 */
record ArrayHead(
    ElementType element, ByteOrder order, long[] lengths, boolean fortran, long offset) {
  /** The lengths of the axes of an array that fits into memory. */
  int[] shape() {
    return Arrays.stream(lengths).mapToInt(Math::toIntExact).toArray();
  }
}
