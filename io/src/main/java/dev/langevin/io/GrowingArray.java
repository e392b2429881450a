package dev.langevin.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of which it is not known how many will come. Grows by blocks as they come, so that a header's promise alone never takes
 * memory.
 */
final class GrowingArray {
  private static final int BLOCK = 1 << 16;

  private final String place;
  private final List<double[]> full = new ArrayList<>();
  private double[] block = new double[16];
  private int used;

  /** An empty array; {@code place} is for the message when it becomes too long. */
  GrowingArray(String place) {
    this.place = place;
  }

  void add(double value) {
    if (used == block.length) {
      grow();
    }
    block[used++] = value;
  }

  long size() {
    return (long) full.size() * BLOCK + used;
  }

  double[] toArray() {
    double[] all = new double[(int) size()];
    int to = 0;
    for (double[] one : full) {
      System.arraycopy(one, 0, all, to, BLOCK);
      to += BLOCK;
    }
    System.arraycopy(block, 0, all, to, used);
    return all;
  }

  private void grow() {
    if (block.length < BLOCK) {
      block = Arrays.copyOf(block, Math.min(BLOCK, 4 * block.length));
      return;
    }
    if (size() > Integer.MAX_VALUE - 2L * BLOCK) {
      throw tooLong(place);
    }
    full.add(block);
    block = new double[BLOCK];
    used = 0;
  }

  static InputError tooLong(String place) {
    return new InputError(
        place,
        "holds more than 2,147 million numbers, the most that fits into one array",
        "take fewer rows");
  }
}
