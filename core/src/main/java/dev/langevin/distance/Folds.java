package dev.langevin.distance;

import dev.langevin.random.AddressedRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Deals rows into folds of nearly equal size, at random within each class. Equal rows share a fold, whichever class they are of: else
 * a classifier would be asked about a row that it was taught, perhaps with the other answer.
 */
final class Folds {
  private final int count;
  private final int[] foldOf;

  private Folds(int count, int[] foldOf) {
    this.count = count;
    this.foldOf = foldOf;
  }

  /**
   * Deals {@code nx} rows of one class, followed by {@code ny} of the other, {@code d} columns each.
   */
  static Folds deal(int count, double[] rows, int nx, int ny, int d, AddressedRandom random) {
    int[] foldOf = new int[nx + ny];
    Map<Long, Integer> known = new HashMap<>();
    int next = 0;
    for (int start : new int[] {0, nx}) {
      int[] order = shuffled(start, start == 0 ? nx : ny, random);
      for (int row : order) {
        Integer fold = known.putIfAbsent(hash(rows, row * d, d), next % count);
        foldOf[row] = fold == null ? next++ % count : fold;
      }
    }
    return new Folds(count, foldOf);
  }

  int count() {
    return count;
  }

  /** The rows in {@code fold}, or all others, in ascending order. */
  int[] rows(int fold, boolean inside) {
    int[] rows = new int[foldOf.length];
    int n = 0;
    for (int row = 0; row < foldOf.length; row++) {
      if (foldOf[row] == fold == inside) {
        rows[n++] = row;
      }
    }
    return Arrays.copyOf(rows, n);
  }

  private static int[] shuffled(int start, int n, AddressedRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = start + i;
    }
    Rows.shuffle(order, random);
    return order;
  }

  /** Equal rows have equal hashes, 0.0 and -0.0 being equal; others collide with probability 2⁻⁶⁴. */
  private static long hash(double[] rows, int at, int d) {
    long hash = 0;
    for (int i = at; i < at + d; i++) {
      hash = (hash ^ Double.doubleToLongBits(rows[i] + 0.0)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
