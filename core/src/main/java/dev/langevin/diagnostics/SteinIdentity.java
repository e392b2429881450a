package dev.langevin.diagnostics;

/**
 * A mean that is known beforehand if draws and scores belong to one density, beside what the draws say. With V = -log p and any
 * constant c, integration by parts gives
 *
 * <pre>
 *   E[∂_i V] = 0                  the gradient balances             (BALANCE)
 *   E[(x_i - c) ∂_i V] = 1        equipartition, the virial theorem (SPREAD)
 *   E[Σ_i (x_i - c_i) ∂_i V] / d = 1                                (TOTAL)
 * </pre>
 *
 * <p>(Stein 1972; Gorham &amp; Mackey 2015), for every density that falls to zero at infinity and has no jumps. For a normal
 * coordinate the first is its mean's distance from the right one, in units of 1/variance, the second its variance over the right
 * one.
 *
 * @param kind which of the three
 * @param index the coordinate, counted from 0; -1 for {@link Kind#TOTAL}
 * @param estimate what the draws say
 * @param expected 0 or 1
 * @param standardError Monte Carlo standard error of the estimate, from the autocorrelation of the chains
 * @param z the estimate's distance from {@code expected} in standard errors, made normal by Hall's (1992) correction for skewness;
 *     NaN where it cannot be judged
 */
public record SteinIdentity(
    Kind kind, int index, double estimate, double expected, double standardError, double z) {
  /** What is compared. */
  public enum Kind {
    /** E[∂_i V] = 0. */
    BALANCE,
    /** E[(x_i - c) ∂_i V] = 1. */
    SPREAD,
    /** The mean of all coordinates' SPREAD: sees a small fault that all coordinates share. */
    TOTAL
  }

  /**
   * Judges a series that should have the mean {@code expected}.
   *
   * @param x {@code [chain][draw]}
   */
  static SteinIdentity of(Kind kind, int index, double[][] x, double expected) {
    double effective = EffectiveSampleSize.mean(x);
    double[] pooled = Series.pooled(x);
    double mean = Series.mean(pooled);
    double sd = Math.sqrt(Series.variance(pooled));
    double z = normalised((mean - expected) / sd, skewness(pooled, mean, sd), effective);
    return new SteinIdentity(kind, index, mean, expected, sd / Math.sqrt(effective), z);
  }

  /**
   * √n (s + γs²/3 + γ²s³/27 + γ/6n), s the standardised difference, γ the skewness (Hall 1992, J. R. Statist. Soc. B 54:221, eq. 2.2).
   * A virial is skewed like a squared normal, and four standard errors out a plain t ratio is off by a factor of several in
   * probability.
   */
  private static double normalised(double s, double gamma, double n) {
    return Math.sqrt(n)
        * (s + gamma * s * s / 3 + gamma * gamma * s * s * s / 27 + gamma / (6 * n));
  }

  private static double skewness(double[] x, double mean, double sd) {
    double sum = 0;
    for (double value : x) {
      double t = (value - mean) / sd;
      sum += t * t * t;
    }
    return sum / x.length;
  }
}
