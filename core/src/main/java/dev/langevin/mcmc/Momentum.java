package dev.langevin.mcmc;

import java.util.random.RandomGenerator;

/** The standard normal vector w of a step: the momentum in the metric's units, which for a Langevin step is its noise xi. */
final class Momentum {
  private Momentum() {}

  /** Fills w with standard normal numbers. */
  static void refresh(double[] w, RandomGenerator random) {
    for (int i = 0; i < w.length; i++) {
      w[i] = random.nextGaussian();
    }
  }

  /** |w|²/2. Four accumulators, since the compiler may not reorder a sum; always in this order. */
  static double energy(double[] w) {
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    int whole = w.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      a += w[i] * w[i];
      b += w[i + 1] * w[i + 1];
      c += w[i + 2] * w[i + 2];
      e += w[i + 3] * w[i + 3];
    }
    for (int i = whole; i < w.length; i++) {
      a += w[i] * w[i];
    }
    return 0.5 * ((a + b) + (c + e));
  }
}
