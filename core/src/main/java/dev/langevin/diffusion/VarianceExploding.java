package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * Noise added to an unscaled signal, with the noise level itself as the clock: a(t) = 1, b(t) = σ(t) = t. The variables of EDM (Karras,
 * Aittala, Aila &amp; Laine 2022) and of {@link Denoiser}.
 */
public record VarianceExploding() implements Noising {
  @Override
  public double signal(double t) {
    Check.notNegative("t", t);
    return 1;
  }

  @Override
  public double noise(double t) {
    return Check.notNegative("t", t);
  }

  @Override
  public double sigma(double t) {
    return Check.notNegative("t", t);
  }

  /** 0. */
  @Override
  public double drift(double t) {
    Check.notNegative("t", t);
    return 0;
  }

  /** 2t. */
  @Override
  public double diffusion(double t) {
    return 2 * Check.notNegative("t", t);
  }

  @Override
  public double time(double sigma) {
    return Check.notNegative("sigma", sigma);
  }
}
