package dev.langevin.math;

/**
 * Σ x_i². Eight accumulators, since a compiler may not reorder a sum and a single one waits for every addition; always in this order, so that the result is the same
 * everywhere. O(d).
 */
public final class SumOfSquares {
  private SumOfSquares() {}

  /** The sum over all of {@code x}. */
  public static double of(double[] x) {
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    double k = 0;
    int whole = x.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      a += x[i] * x[i];
      b += x[i + 1] * x[i + 1];
      c += x[i + 2] * x[i + 2];
      e += x[i + 3] * x[i + 3];
      f += x[i + 4] * x[i + 4];
      g += x[i + 5] * x[i + 5];
      h += x[i + 6] * x[i + 6];
      k += x[i + 7] * x[i + 7];
    }
    for (int i = whole; i < x.length; i++) {
      a += x[i] * x[i];
    }
    return ((a + b) + (c + e)) + ((f + g) + (h + k));
  }
}
