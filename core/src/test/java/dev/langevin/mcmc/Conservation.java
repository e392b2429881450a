package dev.langevin.mcmc;

import dev.langevin.math.Uniformity;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/**
 * The test that a kernel leaves a target invariant: many chains start at exact draws (of the momentum N(0, I) too, where the
 * kernel keeps one in the state's memory), take a few steps, and must still be exact draws.
 * Compares empirical and true distribution functions by the inequality of Dvoretzky, Kiefer, Wolfowitz and Massart:
 * P(sup|F_n - F| &gt; eps) ≤ 2 exp(-2 n eps²).
 *
 * @param distance largest sup|F_n - F| over the three uniforms of the target
 * @param moved share of steps that moved
 */
record Conservation(double distance, double moved) {
  static final int CHAINS = 100_000;
  static final int STEPS = 3;
  private static final int FUNCTIONS = 3;
  private static final double ALPHA = 1e-6;

  /** What a right kernel exceeds with probability at most 1e-6 (Bonferroni over the three functions). */
  static double threshold() {
    return radius(ALPHA / FUNCTIONS);
  }

  /** A wrong kernel whose distribution function is off by this much passes with probability at most 1e-6. */
  static double detectable() {
    return threshold() + radius(ALPHA);
  }

  private static double radius(double alpha) {
    return Math.sqrt(Math.log(2 / alpha) / (2.0 * CHAINS));
  }

  boolean holds() {
    return distance <= threshold();
  }

  /** Runs the test on a kernel for {@link BentLogistic}; further coordinates, if the kernel has them, are standard normal. */
  static Conservation of(Kernel kernel, Seed seed) {
    AddressedRandom random = new AddressedRandom(seed);
    double[] x = new double[kernel.dimension()];
    double[] u = new double[FUNCTIONS];
    double[][] uniforms = new double[FUNCTIONS][CHAINS];
    long moves = 0;
    for (int c = 0; c < CHAINS; c++) {
      random.moveTo(seed.child(c));
      BentLogistic.sample(random, x);
      random.fillGaussian(x, 2, x.length);
      State state = kernel.start(x);
      Momentum.refresh(state.memory(), random);
      for (int s = 0; s < STEPS; s++) {
        moves += kernel.step(state, random).moved() ? 1 : 0;
      }
      BentLogistic.uniforms(state.position(), u);
      for (int f = 0; f < FUNCTIONS; f++) {
        uniforms[f][c] = u[f];
      }
    }
    double distance = 0;
    for (double[] sample : uniforms) {
      distance = Math.max(distance, Uniformity.distance(sample));
    }
    return new Conservation(distance, (double) moves / (CHAINS * STEPS));
  }
}
