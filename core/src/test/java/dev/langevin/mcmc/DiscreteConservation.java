package dev.langevin.mcmc;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * {@link Conservation} for finitely many states: many chains start at exact draws, take a few steps, and must still be exact draws, by
 * Pearson's χ² with a false alarm of 1e-6.
 *
 * @param statistic χ²
 * @param threshold what a right kernel exceeds with probability 1e-6
 */
record DiscreteConservation(double statistic, double threshold) {
  private static final int CHAINS = 100_000;
  private static final int STEPS = 2;
  private static final double ALPHA = 1e-6;

  /**
   * Runs the test.
   *
   * @param states every state of the target
   * @param logWeights log p of each, up to a constant
   */
  static DiscreteConservation of(
      Kernel kernel, List<double[]> states, double[] logWeights, Seed seed) {
    double[] p = probabilities(logWeights);
    long[] seen = new long[p.length];
    AddressedRandom random = new AddressedRandom(seed);
    for (int c = 0; c < CHAINS; c++) {
      random.moveTo(seed.child(c));
      State state = kernel.start(states.get(draw(p, random.nextDouble())));
      for (int s = 0; s < STEPS; s++) {
        kernel.step(state, random);
      }
      seen[indexOf(state.position(), states)]++;
    }
    double statistic = 0;
    for (int i = 0; i < p.length; i++) {
      double expected = CHAINS * p[i];
      if (expected < 5) {
        throw new IllegalStateException("state " + i + " is too rare for the approximation by χ²");
      }
      statistic += (seen[i] - expected) * (seen[i] - expected) / expected;
    }
    double threshold = ChiSquaredDistribution.of(p.length - 1.0).inverseSurvivalProbability(ALPHA);
    return new DiscreteConservation(statistic, threshold);
  }

  boolean holds() {
    return statistic <= threshold;
  }

  static double[] probabilities(double[] logWeights) {
    double total = 0;
    double[] p = new double[logWeights.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logWeights[i]);
      total += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= total;
    }
    return p;
  }

  private static int draw(double[] p, double u) {
    int i = 0;
    for (double sum = p[0]; u >= sum && i < p.length - 1; ) {
      sum += p[++i];
    }
    return i;
  }

  private static int indexOf(double[] x, List<double[]> states) {
    for (int i = 0; i < states.size(); i++) {
      if (Arrays.equals(x, states.get(i))) {
        return i;
      }
    }
    throw new AssertionError("not a state: " + Arrays.toString(x));
  }
}
