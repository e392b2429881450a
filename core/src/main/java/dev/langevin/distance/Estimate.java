package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.math.NormalQuantile;

/**
 * A number and how far chance may have moved it.
 *
 * @param value the estimate
 * @param standardError one standard deviation of its sampling distribution; zero or positive
 */
public record Estimate(double value, double standardError) {
  /** The lower end of the normal interval, value - z standardError. How often such an interval holds the truth, each distance says. */
  public double lower(double confidence) {
    return value - reach(confidence);
  }

  /** The upper end of the normal interval. */
  public double upper(double confidence) {
    return value + reach(confidence);
  }

  private double reach(double confidence) {
    Check.inside("confidence", confidence, 0, 1);
    return NormalQuantile.of((1 + confidence) / 2) * standardError;
  }
}
