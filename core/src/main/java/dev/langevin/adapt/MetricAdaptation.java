package dev.langevin.adapt;

import java.util.Locale;

/** How a warm-up learns the metric. */
public enum MetricAdaptation {
  /** Not at all: M = I. */
  UNIT,
  /** M⁻¹ = the variances of the draws, regularised as in Stan. */
  DIAGONAL,
  /** M⁻¹ = the covariance of the draws, regularised as in Stan. For d up to some hundreds. */
  DENSE;

  /** The estimator that learns so in d dimensions. */
  MetricEstimator estimator(int dimension) {
    return switch (this) {
      case UNIT -> new MetricEstimator.None(dimension);
      case DIAGONAL -> new MetricEstimator.Variances(dimension);
      case DENSE -> new MetricEstimator.Covariances(dimension);
    };
  }

  /** Name for flags and files: {@code low-rank}. */
  public String flag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
