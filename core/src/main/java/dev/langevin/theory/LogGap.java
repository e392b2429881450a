package dev.langevin.theory;

/** x - ln(1 + x), the gap between 1 + x and its logarithm that every relative entropy of normal laws is made of. */
final class LogGap {
  private LogGap() {}

  /** Zero or positive; without cancellation at small {@code x} (Taylor's series to a relative error of 10<sup>-16</sup>). */
  static double of(double x) {
    return Math.abs(x) < 1e-3
        ? x * x * (0.5 - x * (1.0 / 3 - x * (0.25 - x * (0.2 - x * (1.0 / 6 - x / 7)))))
        : x - StrictMath.log1p(x);
  }
}
