package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * The sub-VP process dX = -½β X dt + √(β(1 - e<sup>-4G</sup>)) dB, G = ½∫β (Song et al. 2021, eq. 12): a = e<sup>-G</sup> and the noise scale, not its square, is 1 - e<sup>-2G</sup>, so
 * that σ = 2 sinh G. Less noise than the variance-preserving process at every time, in their experiments with better likelihoods.
 *
 * @param schedule G and g² = β/2, without a finite end
 */
public record SubVariancePreserving(NoiseSchedule schedule) implements Noising {
  public SubVariancePreserving {
    if (schedule.end() != Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "schedule must not have an end, got one at " + schedule.end());
    }
  }

  /** β from 0.1 to 20. */
  public static SubVariancePreserving linear() {
    return new SubVariancePreserving(NoiseSchedule.linear());
  }

  @Override
  public double signal(double t) {
    return StrictMath.exp(-total(t));
  }

  @Override
  public double noise(double t) {
    return -StrictMath.expm1(-2 * total(t));
  }

  @Override
  public double sigma(double t) {
    return 2 * StrictMath.sinh(total(t));
  }

  /** -g². */
  @Override
  public double drift(double t) {
    return -schedule.rate(Check.notNegative("t", t));
  }

  /** 2g²(1 - e<sup>-4G</sup>). */
  @Override
  public double diffusion(double t) {
    return -2 * schedule.rate(t) * StrictMath.expm1(-4 * total(t));
  }

  /** G = asinh(σ/2) = ln(1 + u) with u = σ/2 + (√(1 + σ²/4) - 1), the last without a difference. */
  @Override
  public double time(double sigma) {
    double half = 0.5 * Check.notNegative("sigma", sigma);
    if (half > 0x1p30) {
      return schedule.time(StrictMath.log(sigma));
    }
    double root = Math.sqrt(1 + half * half);
    return schedule.time(StrictMath.log1p(half + half * half / (1 + root)));
  }

  private double total(double t) {
    return schedule.total(Check.notNegative("t", t));
  }
}
