package dev.langevin.density.target;

import dev.langevin.density.LogScale;
import dev.langevin.math.Check;

/**
 * The half-Student-t prior of a scale τ &gt; 0, seen by log τ, Jacobian included, up to a constant; half-Cauchy at ν = 1:
 *
 * <pre>
 *   log p(τ) + log τ = -((ν+1)/2) log(1 + e^q) + log τ,     q = 2 log(τ/s) - log ν
 *   its derivative by log τ = 1 - (ν+1) / (1 + e^-q)
 * </pre>
 */
final class ScalePrior {
  private final double degrees;
  private final double shift;

  private ScalePrior(double degrees, double scale) {
    this.degrees = Check.positive("degrees", degrees);
    this.shift = 2 * StrictMath.log(Check.positive("scale", scale)) + StrictMath.log(degrees);
  }

  static ScalePrior halfCauchy(double scale) {
    return new ScalePrior(1, scale);
  }

  static ScalePrior halfStudent(double degrees, double scale) {
    return new ScalePrior(degrees, scale);
  }

  double logDensity(double logTau) {
    return logTau - 0.5 * (degrees + 1) * LogScale.log1pExp(2 * logTau - shift);
  }

  double slope(double logTau) {
    return 1 - (degrees + 1) * LogScale.logistic(2 * logTau - shift);
  }
}
