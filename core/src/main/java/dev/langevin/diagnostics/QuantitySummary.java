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
    if (!Series.isJudgeable(x)) {
      double nan = Double.NaN;
      return of(name, Series.sorted(x), nan, nan, nan, nan);
    }
    double[][] halves = Series.split(x);
    Ranked ranked = new Ranked(halves);
    double[] sorted = x[0].length % 2 == 0 ? ranked.sorted() : Series.sorted(x);
    Autocovariance autocovariance = new Autocovariance(halves[0].length);
    double[][] z = ranked.normalised();
    return of(
        name,
        sorted,
        Math.sqrt(
            Series.variance(Series.pooled(x))
                / EffectiveSampleSize.ofChains(halves, autocovariance)),
        EffectiveSampleSize.ofChains(z, autocovariance),
        Math.min(
            below(halves, sorted, 0.05, autocovariance),
            below(halves, sorted, 0.95, autocovariance)),
        RHat.ofRanked(z, ranked));
  }

  private static double below(
      double[][] halves, double[] sorted, double p, Autocovariance autocovariance) {
    return EffectiveSampleSize.ofChains(Series.below(halves, sorted, p), autocovariance);
  }

  private static QuantitySummary of(
      String name, double[] sorted, double mcse, double essBulk, double essTail, double rhat) {
    return new QuantitySummary(
        name,
        Series.mean(sorted),
        mcse,
        Math.sqrt(Series.variance(sorted)),
        Series.quantile(sorted, 0.05),
        Series.quantile(sorted, 0.5),
        Series.quantile(sorted, 0.95),
        essBulk,
        essTail,
        rhat);
  }

  private static QuantitySummary unknown(String name) {
    double nan = Double.NaN;
    return new QuantitySummary(name, nan, nan, nan, nan, nan, nan, nan, nan, nan);
  }
}
