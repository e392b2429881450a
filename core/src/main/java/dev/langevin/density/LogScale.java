package dev.langevin.density;

/**
 * Numbers that are kept as logarithms, and the logistic function that belongs to them: the forms that neither overflow nor lose
 * digits in the tails. For those who write densities, and used by the ones that ship.
 */
public final class LogScale {
  private LogScale() {}

  /** 1/(1 + e^-u), with full relative accuracy in the lower tail. */
  public static double logistic(double u) {
    if (u < 0) {
      double e = StrictMath.exp(u);
      return e / (1 + e);
    }
    return 1 / (1 + StrictMath.exp(-u));
  }

  /** log(1 + e^u). */
  public static double log1pExp(double u) {
    return u > 0 ? u + StrictMath.log1p(StrictMath.exp(-u)) : StrictMath.log1p(StrictMath.exp(u));
  }

  /** The logarithm of {@link #logistic}, -log(1 + e^-u). */
  public static double logLogistic(double u) {
    return -log1pExp(-u);
  }

  /** log(e^a + e^b). */
  public static double sum(double a, double b) {
    double larger = Math.max(a, b);
    if (Double.isInfinite(larger)) {
      return larger;
    }
    return larger + StrictMath.log1p(StrictMath.exp(-Math.abs(a - b)));
  }

  /** log Σ e^(terms[i]); negative infinity where there are no terms. */
  public static double sum(double... terms) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double term : terms) {
      largest = Math.max(largest, term);
    }
    if (Double.isInfinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double term : terms) {
      sum += StrictMath.exp(term - largest);
    }
    return largest + StrictMath.log(sum);
  }
}
