package dev.langevin.diffusion;

import java.util.function.DoubleUnaryOperator;

/**
 * Where an increasing function takes a value, to rounding: Newton's steps as long as they stay inside the bracket, otherwise its middle. The function
 * is 0 at 0; the bracket is found by doubling and halving, so that roots of any scale keep their digits.
 */
final class MonotoneRoot {
  private static final int LIMIT = 4000; // doublings, halvings and steps; a double has 2100 binades

  private MonotoneRoot() {}

  /**
   * The t with {@code function(t) = value}.
   *
   * @param function increasing, 0 at 0; may be infinite at {@code end}
   * @param slope its derivative
   * @param value zero or positive
   * @param end the largest t that may be asked; infinity if there is none
   */
  static double of(
      DoubleUnaryOperator function, DoubleUnaryOperator slope, double value, double end) {
    if (value == 0) {
      return 0;
    }
    double high = Math.min(1, end);
    while (high < end && function.applyAsDouble(high) < value) {
      high = Math.min(2 * high, end);
    }
    double low = high / 2;
    while (low > 0 && function.applyAsDouble(low) > value) {
      high = low;
      low /= 2;
    }
    return refine(function, slope, value, low, high);
  }

  private static double refine(
      DoubleUnaryOperator function,
      DoubleUnaryOperator slope,
      double value,
      double from,
      double to) {
    double low = from;
    double high = to;
    double t = middle(low, high);
    for (int i = 0; i < LIMIT; i++) {
      double miss = function.applyAsDouble(t) - value;
      if (miss == 0) {
        return t;
      }
      if (miss < 0) {
        low = t;
      } else {
        high = t;
      }
      double next = t - miss / slope.applyAsDouble(t);
      if (Math.abs(next - t) <= Math.ulp(t)) {
        return next >= low && next <= high ? next : t;
      }
      if (!(next > low && next < high)) {
        next = middle(low, high);
        if (next <= low || next >= high) {
          return t;
        }
      }
      t = next;
    }
    return t;
  }

  private static double middle(double low, double high) {
    return low + (high - low) / 2;
  }
}
