package dev.langevin.diagnostics;

/**
 * One row of the summary table: what the draws say about one quantity, and how far to trust it.
 *
 * @param name the quantity's name
 * @param mean mean of all draws
 * @param mcseMean Monte Carlo standard error of the mean
 * @param sd standard deviation (divisor S - 1)
 * @param q5 5 % quantile
 * @param median 50 % quantile
 * @param q95 95 % quantile
 * @param essBulk effective sample size of the bulk
 * @param essTail effective sample size of the tails
 * @param rhat rank-normalised split R-hat
 */
public record QuantitySummary(
    String name,
    double mean,
    double mcseMean,
    double sd,
    double q5,
    double median,
    double q95,
    double essBulk,
    double essTail,
    double rhat) {

  /**
   * Summarises {@code x[chain][draw]}. Where a value is not finite, everything is NaN; where the quantity is constant or has fewer
   * than four draws, its diagnostics are. O(S log S).
   */
  public static QuantitySummary of(String name, double[][] x) {
    Series.requireShape(x);
    if (x[0].length == 0 || !Series.isFinite(x)) {
      return unknown(name);
    }
    double[] sorted = Series.sorted(x);
    return new QuantitySummary(
        name,
        Series.mean(sorted),
        MonteCarloError.mean(x),
        Math.sqrt(Series.variance(sorted)),
        Series.quantile(sorted, 0.05),
        Series.quantile(sorted, 0.5),
        Series.quantile(sorted, 0.95),
        EffectiveSampleSize.bulk(x),
        EffectiveSampleSize.tail(x),
        RHat.rank(x));
  }

  private static QuantitySummary unknown(String name) {
    double nan = Double.NaN;
    return new QuantitySummary(name, nan, nan, nan, nan, nan, nan, nan, nan, nan);
  }
}
