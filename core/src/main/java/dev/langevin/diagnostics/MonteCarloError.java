package dev.langevin.diagnostics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Monte Carlo standard errors: how far an estimate from these draws may be from what infinitely many draws would give. In the
 * quantity's own unit. Vehtari et al. (2021), section 4.3.
 *
 * <p>All methods take {@code x[chain][draw]} and return NaN where {@link EffectiveSampleSize} does. O(S log S).
 */
public final class MonteCarloError {
  private static final double LOWER = 0.1586553; // Φ(-1), to the digits that ArviZ uses
  private static final double UPPER = 0.8413447; // Φ(1)

  private MonteCarloError() {}

  /** Of the mean: sd/√ESS_mean. */
  public static double mean(double[][] x) {
    double ess = EffectiveSampleSize.mean(x);
    return Double.isNaN(ess) ? ess : Math.sqrt(Series.variance(Series.pooled(x)) / ess);
  }

  /**
   * Of the standard deviation, by the delta method on E c², c = x - mean: √((E c⁴ - (E c²)²)/ESS(c²) / (4 E c²)).
   *
   * <p>ArviZ 0.23 and today's posterior compute this. Earlier versions of both assumed a normal quantity, sd·√(e(1 - 1/ESS)^(ESS-1) - 1),
   * far too small for heavy tails (0.15 in place of 2.1 for the heavy-tailed family of the golden test); arviz-stats of 2026 puts
   * ESS(x) in place of ESS(c²), wrong where x is antithetic and its square is not.
   */
  public static double sd(double[][] x) {
    double ess = EffectiveSampleSize.sd(x);
    if (Double.isNaN(ess)) {
      return ess;
    }
    double[] square = Series.pooled(Series.squaredDeviation(x));
    double second = Series.mean(square);
    double fourth = 0;
    for (double value : square) {
      fourth += value * value / square.length;
    }
    return Math.sqrt((fourth - second * second) / ess / (4 * second));
  }

  /** Of the median. */
  public static double median(double[][] x) {
    return quantile(x, 0.5);
  }

  /**
   * Of the quantile at {@code p}: half the spread of the order statistics between which the quantile lies with the probability of
   * one standard deviation either way. The probabilities are those of Beta(ESS·p + 1, ESS·(1 - p) + 1).
   *
   * @param p strictly between 0 and 1
   */
  public static double quantile(double[][] x, double p) {
    double ess = EffectiveSampleSize.quantile(x, p);
    if (Double.isNaN(ess)) {
      return ess;
    }
    double[] sorted = Series.sorted(x);
    BetaDistribution beta = BetaDistribution.of(ess * p + 1, ess * (1 - p) + 1);
    double low = beta.inverseCumulativeProbability(LOWER) * sorted.length - 1;
    double high = beta.inverseCumulativeProbability(UPPER) * sorted.length - 1;
    double from = sorted[(int) Math.floor(Math.max(low, 0))];
    double to = sorted[(int) Math.ceil(Math.min(high, sorted.length - 1))];
    return (to - from) / 2;
  }
}
