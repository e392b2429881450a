package dev.langevin.diffusion;

import dev.langevin.math.Check;

/** Noise levels of the exact denoisers. */
final class Levels {
  private Levels() {}

  /** σ², kept finite however large σ is. */
  static double variance(double sigma) {
    Check.positive("sigma", sigma);
    return Math.min(sigma * sigma, 0x1p1000);
  }
}
