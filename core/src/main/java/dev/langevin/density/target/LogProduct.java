package dev.langevin.density.target;

/**
 * Σ log f_i by the logarithm of a product, taken only when the product leaves 1e-100 … 1e100: one multiplication for most factors
 * instead of one logarithm each, at the same accuracy (each multiplication adds one rounding error of 1.1e-16 to the sum).
 */
final class LogProduct {
  private static final double SMALL = 1e-100;
  private static final double LARGE = 1e100;

  private double sum;
  private double product = 1;

  /** Multiplies by a factor, zero or positive, or NaN. */
  void times(double factor) {
    if (factor > SMALL && factor < LARGE) {
      product *= factor;
      if (!(product > SMALL && product < LARGE)) {
        sum += StrictMath.log(product);
        product = 1;
      }
    } else {
      sum += StrictMath.log(factor);
    }
  }

  /** The logarithm of the product of all factors so far. */
  double log() {
    return sum + StrictMath.log(product);
  }
}
