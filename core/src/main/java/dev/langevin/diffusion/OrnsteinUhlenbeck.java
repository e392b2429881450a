package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * The Ornstein–Uhlenbeck process dX = -X dt + √2 dB, whose invariant law is N(0, I): a(t) = e<sup>-t</sup>,
 * b(t)² = 1 - e<sup>-2t</sup>, σ(t)² = e<sup>2t</sup> - 1. Exact to rounding for small t too ({@code expm1}).
 */
public record OrnsteinUhlenbeck() implements Noising {
  private static final double LARGE = 0x1p30; // σ² + 1 = σ² to rounding from here on

  @Override
  public double signal(double t) {
    return StrictMath.exp(-Check.notNegative("t", t));
  }

  @Override
  public double noise(double t) {
    return Math.sqrt(-StrictMath.expm1(-2 * Check.notNegative("t", t)));
  }

  @Override
  public double sigma(double t) {
    Check.notNegative("t", t);
    return t > 20 ? StrictMath.exp(t) : Math.sqrt(StrictMath.expm1(2 * t));
  }

  /** -1. */
  @Override
  public double drift(double t) {
    Check.notNegative("t", t);
    return -1;
  }

  /** 2. */
  @Override
  public double diffusion(double t) {
    Check.notNegative("t", t);
    return 2;
  }

  /** t = ½ ln(1 + σ²). */
  @Override
  public double time(double sigma) {
    Check.notNegative("sigma", sigma);
    return sigma > LARGE ? StrictMath.log(sigma) : 0.5 * StrictMath.log1p(sigma * sigma);
  }
}
