package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * Geometric Brownian motion, dX_i = μX_i dt + νX_i dB_i for X_i &gt; 0: the noise is in proportion to the point, A = ν² diag(x²), ∇·A = 2ν²x, so that its reversal needs the divergence term. With
 * lognormal data, ln X₀ ~ N(m, s²), ln X_t ~ N(m + (μ - ν²/2)t, s² + ν²t) and every score is known ({@link #lognormalScore}).
 *
 * @param dimension d, at least 1
 * @param growth μ
 * @param volatility ν, positive
 */
public record GeometricBrownianMotion(int dimension, double growth, double volatility)
    implements ItoProcess {
  public GeometricBrownianMotion {
    Check.atLeast("dimension", dimension, 1);
    Check.finite("growth", growth);
    Check.positive("volatility", volatility);
  }

  /** The mean of ln X_t, when ln X₀ has mean {@code mean}. */
  public double logMean(double mean, double t) {
    return mean + (growth - volatility * volatility / 2) * t;
  }

  /** The variance of ln X_t, when ln X₀ has variance {@code variance}. */
  public double logVariance(double variance, double t) {
    return variance + volatility * volatility * t;
  }

  /** The scores when every ln X₀ is N({@code mean}, {@code variance}), independently: -(1 + (ln x - m_t)/s_t²)/x. */
  public TimedScore lognormalScore(double mean, double variance) {
    Check.finite("mean", mean);
    Check.notNegative("variance", variance);
    return (x, t, out) -> {
      double m = logMean(mean, t);
      double v = logVariance(variance, t);
      for (int i = 0; i < dimension; i++) {
        out[i] = -(1 + (StrictMath.log(x[i]) - m) / v) / x[i];
      }
    };
  }

  @Override
  public int noises() {
    return dimension;
  }

  @Override
  public void drift(double[] x, double t, double[] out) {
    for (int i = 0; i < dimension; i++) {
      out[i] = growth * x[i];
    }
  }

  @Override
  public void spread(double[] x, double t, double[] z, double[] out) {
    for (int i = 0; i < dimension; i++) {
      out[i] = volatility * x[i] * z[i];
    }
  }

  @Override
  public void diffuse(double[] x, double t, double[] v, double[] out) {
    for (int i = 0; i < dimension; i++) {
      out[i] = volatility * volatility * x[i] * x[i] * v[i];
    }
  }

  @Override
  public void divergence(double[] x, double t, double[] out) {
    for (int i = 0; i < dimension; i++) {
      out[i] = 2 * volatility * volatility * x[i];
    }
  }
}
