package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;

/** What all distances do to rows: check, choose, shuffle, join on one scale. */
final class Rows {
  private Rows() {}

  /** Refuses samples that are too small, too short for their shape, or not finite. */
  static void require(String name, double[] rows, int n, int d) {
    Check.atLeast("d", d, 1);
    Check.atLeast("rows of " + name, n, 2);
    if (rows.length < (long) n * d) {
      throw new IllegalArgumentException(
          name + " must hold " + n + " rows of " + d + " values, got length " + rows.length);
    }
    for (int i = 0; i < n * d; i++) {
      if (!Double.isFinite(rows[i])) {
        throw new IllegalArgumentException(
            name + " must be finite, got " + rows[i] + " in row " + i / d + ", column " + i % d);
      }
    }
  }

  /** 0 … n-1. */
  static int[] order(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    return order;
  }

  /** Puts {@code order} into a uniformly random order (Fisher &amp; Yates 1938, Durstenfeld 1964). */
  static void shuffle(int[] order, AddressedRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }

  /** Copies the rows {@code index[from] … index[to-1]}. */
  static double[] pick(double[] rows, int d, int[] index, int from, int to) {
    double[] picked = new double[(to - from) * d];
    for (int i = from; i < to; i++) {
      System.arraycopy(rows, index[i] * d, picked, (i - from) * d, d);
    }
    return picked;
  }

  /** Both samples in one array, each column moved and scaled to mean 0 and variance 1; a constant column becomes 0. */
  static double[] standardised(double[] x, int nx, double[] y, int ny, int d) {
    int n = nx + ny;
    double[] rows = new double[n * d];
    System.arraycopy(x, 0, rows, 0, nx * d);
    System.arraycopy(y, 0, rows, nx * d, ny * d);
    for (int column = 0; column < d; column++) {
      standardise(rows, n, d, column);
    }
    return rows;
  }

  private static void standardise(double[] rows, int n, int d, int column) {
    double mean = 0;
    for (int at = column; at < n * d; at += d) {
      mean += rows[at] / n;
    }
    double variance = 0;
    for (int at = column; at < n * d; at += d) {
      rows[at] -= mean;
      variance += rows[at] * rows[at] / n;
    }
    // A constant column leaves rounding errors of its mean, not a variance.
    boolean constant = variance <= 1e-24 * mean * mean;
    double scale = constant ? 0 : 1 / Math.sqrt(variance);
    for (int at = column; at < n * d; at += d) {
      rows[at] *= scale;
    }
  }

  static double mean(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value;
    }
    return sum / x.length;
  }

  /** The variance with divisor n - 1. */
  static double variance(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double value : x) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (x.length - 1);
  }
}
