package dev.langevin.math;

import org.apache.commons.statistics.distribution.TDistribution;

/** Mean and standard error of independent numbers as they come (Welford 1962). */
public final class Spread {
  private long n;
  private double mean;
  private double squares;

  /** Of no numbers yet. */
  public Spread() {}

  /** One more number. */
  public void add(double value) {
    n++;
    double off = value - mean;
    mean += off / n;
    squares += off * (value - mean);
  }

  /** The mean so far; 0 before the first number. */
  public double mean() {
    return mean;
  }

  /** Of the mean; 0 for a single number, which is taken to be exact. */
  public double standardError() {
    return n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n);
  }

  /** Half of the interval mean ± t·(standard error) by Student's law with n - 1 degrees of freedom; 0 for n &lt; 2. */
  public static double halfWidth(double standardError, long n, double confidence) {
    Check.inside("confidence", confidence, 0, 1);
    if (n < 2) {
      return 0;
    }
    return standardError
        * TDistribution.of(n - 1.0).inverseSurvivalProbability((1 - confidence) / 2);
  }
}
