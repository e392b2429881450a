package dev.langevin.anneal;

/** Sums on the log scale. */
final class LogSum {
  private LogSum() {}

  /** log(e^a + e^b), neither of them positive infinity. */
  static double of(double a, double b) {
    double high = Math.max(a, b);
    return high == Double.NEGATIVE_INFINITY
        ? high
        : high + StrictMath.log1p(StrictMath.exp(-Math.abs(a - b)));
  }
}
