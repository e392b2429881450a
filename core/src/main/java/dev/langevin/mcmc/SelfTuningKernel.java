package dev.langevin.mcmc;

import java.util.random.RandomGenerator;

/**
 * A kernel that is more than a step size and a metric, and brings its own warm-up: a ladder of temperatures, a proposal that learns. After
 * {@link #beginWarmup} come so many {@link #learn}; from then on it is left alone and {@link #step} leaves the target invariant.
 */
public interface SelfTuningKernel extends Kernel {
  /**
   * Prepares for a warm-up.
   *
   * @param iterations how often {@link #learn} will be called, at least 1
   * @param targetAcceptance mean acceptance to steer to, strictly between 0 and 1; NaN = the sampler's own
   */
  void beginWarmup(int iterations, double targetAcceptance);

  /**
   * One iteration of the warm-up: a step, and what is learned from it.
   *
   * @return as {@link #step}; its evaluations include those of the learning
   */
  Outcome learn(State state, RandomGenerator random);
}
