package dev.langevin.mcmc;

import java.util.random.RandomGenerator;

/**
 * x' = shrink · x + spread · ξ: not symmetric, since it prefers the way to the origin. log q(x|x') - log q(x'|x) =
 * Σ [(x' - shrink x)² - (x - shrink x')²] / (2 spread²).
 */
record ShrinkingProposal(double shrink, double spread) implements Proposal {
  @Override
  public double propose(double[] x, double[] out, RandomGenerator random) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      out[i] = shrink * x[i] + spread * random.nextGaussian();
      double forth = out[i] - shrink * x[i];
      double back = x[i] - shrink * out[i];
      sum += forth * forth - back * back;
    }
    return sum / (2 * spread * spread);
  }
}
