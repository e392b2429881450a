package dev.langevin.mcmc;

import dev.langevin.math.SumOfSquares;
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

  /** |w|²/2. */
  static double energy(double[] w) {
    return 0.5 * SumOfSquares.of(w);
  }
}
