package dev.langevin.adapt;

import java.util.Locale;

/** How a warm-up learns the metric. */
public enum MetricAdaptation {
  /** Not at all: M = I. */
  UNIT,
  /** M⁻¹ = the variances of the draws, regularised as in Stan. */
  DIAGONAL,
  /** M⁻¹ = the covariance of the draws, regularised as in Stan. For d up to some hundreds. */
  DENSE,
  /** M⁻¹ diagonal, from draws and gradients: sqrt(var x_i / var g_i). */
  FISHER,
  /** M⁻¹ the same, corrected in the directions in which draws and gradients say that it is off by more than a factor of 2. */
  LOW_RANK;

  /** The estimator that learns so in d dimensions; one that needs gradients gives way to the variances where there are none. */
  MetricEstimator estimator(int dimension, boolean gradients) {
    if (!gradients && (this == FISHER || this == LOW_RANK)) {
      return DIAGONAL.estimator(dimension, false);
    }
    return switch (this) {
      case FISHER -> new FisherEstimator(dimension, false);
      case LOW_RANK -> new FisherEstimator(dimension, true);
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
