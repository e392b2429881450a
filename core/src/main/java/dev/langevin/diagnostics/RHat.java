package dev.langevin.diagnostics;

import dev.langevin.math.Check;

/**
 * The potential scale reduction factor R-hat (Gelman &amp; Rubin 1992), in the forms of Vehtari, Gelman, Simpson, Carpenter &amp; Bürkner
 * (2021): how much wider all chains together are than each of their halves. 1 when they agree; above {@value #THRESHOLD} do not use
 * the draws.
 *
 * <p>With N draws in each of M half-chains, R = √((B/W + N - 1)/N), B = N·var(chain means), W = mean of the chain variances.
 *
 * <p>All methods take {@code x[chain][draw]} and return NaN for fewer than four draws, a value that is not finite, or a constant
 * quantity. A single chain is judged by its halves, as in the R package posterior; ArviZ returns NaN there. O(S log S).
 */
public final class RHat {
  /** The value above which chains have not mixed, says Vehtari et al. (2021), section 4.1. */
  public static final double THRESHOLD = 1.01;

  private RHat() {}

  /**
   * Rank-normalised R-hat, the one to look at: the larger of bulk (ranks of x) and {@link #folded} (ranks of |x - median|), so that
   * infinite variance does not hide a difference of location, nor equal locations a difference of scale.
   */
  public static double rank(double[][] x) {
    if (!Series.isJudgeable(x)) {
      return Double.NaN;
    }
    return ofRanked(new Ranked(Series.split(x)));
  }

  /** The larger of bulk and folded, of chains already split. */
  private static double ofRanked(Ranked halves) {
    return ofRanked(halves.normalised(), halves);
  }

  /** The same where the ranks have been normalised before. */
  static double ofRanked(double[][] normalised, Ranked halves) {
    double bulk = basic(normalised);
    double folded = folded(halves);
    return Double.isNaN(folded) ? bulk : Math.max(bulk, folded);
  }

  /** Split R-hat of the values themselves (Gelman et al. 2013), without ranks. */
  public static double split(double[][] x) {
    return Series.isJudgeable(x) ? basic(Series.split(x)) : Double.NaN;
  }

  /**
   * R-hat of the ranks of |x - median|: sees chains of different scale. The median is that of the split chains, as in ArviZ;
   * posterior takes it before splitting, which differs only where an odd length loses its middle draw. NaN if all draws lie
   * equally far from the median.
   */
  public static double folded(double[][] x) {
    if (!Series.isJudgeable(x)) {
      return Double.NaN;
    }
    return folded(new Ranked(Series.split(x)));
  }

  private static double folded(Ranked halves) {
    double[][] z = halves.normalisedDistance();
    return Series.isConstant(z) ? Double.NaN : basic(z);
  }

  /**
   * Nested R-hat (Margossian et al. 2024, arXiv 2110.13017, eq. 8–10), for many short chains: chains of one superchain begin at one
   * point, superchains at different ones, and √(1 + B/W) compares the variance B of the superchains' means with the mean W of what varies
   * within a superchain, between its chains and along them. A single draw of each chain is enough if a superchain has two chains or more. Neither
   * split nor ranked. NaN where a value is not finite or nothing varies within.
   *
   * @param x {@code [chain][draw]}, superchain after superchain
   * @param chainsEach chains of a superchain, a divisor of the number of chains; at least two superchains
   */
  public static double nested(double[][] x, int chainsEach) {
    Series.requireShape(x);
    Check.between("chainsEach", chainsEach, 1, x.length / 2);
    if (x.length % chainsEach != 0) {
      throw new IllegalArgumentException(
          "chainsEach must divide the number of chains, " + x.length + ", got " + chainsEach);
    }
    if (!Series.isFinite(x) || x[0].length == 0) {
      return Double.NaN;
    }
    double[] superMean = new double[x.length / chainsEach];
    double within = 0;
    double[] mean = new double[chainsEach];
    for (int k = 0; k < superMean.length; k++) {
      for (int m = 0; m < chainsEach; m++) {
        double[] chain = x[k * chainsEach + m];
        mean[m] = Series.mean(chain);
        within += chain.length > 1 ? Series.variance(chain) / x.length : 0;
      }
      superMean[k] = Series.mean(mean);
      within += chainsEach > 1 ? Series.variance(mean) / superMean.length : 0;
    }
    return within > 0 ? Math.sqrt(1 + Series.variance(superMean) / within) : Double.NaN;
  }

  /** R-hat of chains as they are: neither split nor ranked. Infinite where no chain moves and they differ. */
  static double basic(double[][] x) {
    int draws = x[0].length;
    double[] mean = new double[x.length];
    double within = 0;
    for (int c = 0; c < x.length; c++) {
      mean[c] = Series.mean(x[c]);
      within += Series.variance(x[c]) / x.length;
    }
    double between = draws * Series.variance(mean);
    return Math.sqrt((between / within + draws - 1) / draws);
  }
}
