package dev.langevin.diagnostics;

import dev.langevin.math.Check;

/**
 * The effective sample size: how many independent draws would estimate as well as these dependent ones do. S draws of
 * autocorrelation ρ_t are worth S/τ, τ = 1 + 2 Σ_{t≥1} ρ_t; more than S where neighbours repel each other.
 *
 * <p>ρ_t is that of all chains together (Vehtari et al. 2021, eq. 10), so chains that disagree are worth little; the sum ends where
 * pairs of neighbouring lags turn negative and is made monotone (Geyer 1992, initial monotone sequence). Chains are always split
 * in halves first.
 *
 * <p>All methods take {@code x[chain][draw]} and return NaN for fewer than four draws, a value that is not finite, or a constant
 * series (ArviZ returns S for a constant; posterior NaN). A quantile on which so many draws lie that {@code x ≤ quantile} holds for
 * all is NaN too. O(S log S).
 */
public final class EffectiveSampleSize {
  private EffectiveSampleSize() {}

  /** Of the rank-normalised draws: how well the bulk is explored. At least 100 for each chain, says Vehtari et al. (2021). */
  public static double bulk(double[][] x) {
    return Series.isJudgeable(x) ? ofChains(Series.normalised(Series.split(x))) : Double.NaN;
  }

  /** The smaller of the effective sample sizes for the 5 % and the 95 % quantile: how well the tails are explored. */
  public static double tail(double[][] x) {
    return Math.min(quantile(x, 0.05), quantile(x, 0.95));
  }

  /** For the mean. */
  public static double mean(double[][] x) {
    return Series.isJudgeable(x) ? ofChains(Series.split(x)) : Double.NaN;
  }

  /** For the standard deviation: that of (x - mean)², the mean taken over all draws. */
  public static double sd(double[][] x) {
    return Series.isJudgeable(x) ? mean(Series.squaredDeviation(x)) : Double.NaN;
  }

  /** For the median. */
  public static double median(double[][] x) {
    return quantile(x, 0.5);
  }

  /**
   * For the quantile at {@code p}: that of the indicator I(x ≤ q_p), as the quantile's error is the distribution function's there.
   *
   * @param p strictly between 0 and 1
   */
  public static double quantile(double[][] x, double p) {
    Check.inside("p", p, 0, 1);
    return Series.isJudgeable(x) ? mean(Series.below(x, p)) : Double.NaN;
  }

  /** S/τ of chains as they are. */
  static double ofChains(double[][] x) {
    return ofChains(x, new Autocovariance(x[0].length));
  }

  /** S/τ; S·log10(S) at most, lest a few antithetic draws promise the moon. NaN for a constant. */
  static double ofChains(double[][] x, Autocovariance autocovariance) {
    if (Series.isConstant(x)) {
      return Double.NaN;
    }
    double total = (double) x.length * x[0].length;
    double[] rho = correlations(x, autocovariance);
    return total / Math.max(sumOfCorrelations(rho), 1 / StrictMath.log10(total));
  }

  /** ρ_t = 1 - (W - mean_c acov_c(t))/var⁺ for t = 0 … N-1, with var⁺ = W(N-1)/N + var(chain means). */
  private static double[] correlations(double[][] x, Autocovariance autocovariance) {
    int draws = x[0].length;
    double[] mean = new double[x.length];
    for (int c = 0; c < x.length; c++) {
      mean[c] = Series.mean(x[c]);
    }
    double[] covariance = autocovariance.averaged(x, mean);
    double within = covariance[0] * draws / (draws - 1);
    double between = x.length > 1 ? Series.variance(mean) : 0;
    double overall = covariance[0] + between;
    for (int t = 0; t < draws; t++) {
      covariance[t] = 1 - (within - covariance[t]) / overall;
    }
    covariance[0] = 1;
    return covariance;
  }

  /**
   * τ = -1 + 2 Σ (ρ_2k + ρ_2k+1) over the pairs before the first negative one, each pair no larger than the one before it. Of the
   * pair where the sum stops, a positive even term is kept, once (Vehtari et al. 2021, eq. 11–13). Pairs that would reach the last
   * three lags stop the sum as well: what is known of them comes from a handful of products.
   */
  private static double sumOfCorrelations(double[] rho) {
    double tau = -1;
    double least = Double.POSITIVE_INFINITY;
    int t = 0;
    double pair = rho[0] + rho[1];
    while (pair > 0 && t + 4 < rho.length) {
      least = Math.min(least, pair);
      tau += 2 * least;
      t += 2;
      pair = rho[t] + rho[t + 1];
    }
    return tau + Math.max(rho[t], 0);
  }
}
