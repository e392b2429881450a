package dev.langevin.mcmc;

import java.util.random.RandomGenerator;

/** A kernel with a step size and a metric: what a warm-up can adapt. Changing them during sampling breaks the Markov property. */
public interface TunableKernel extends Kernel {
  /** The step size and metric in use; changes apply from the next step on. */
  Tuning tuning();

  /**
   * Proposes one smallest step (one leapfrog step, one random-walk proposal) and goes nowhere.
   *
   * @return the logarithm of its Metropolis ratio, not capped at 0; negative infinity where the computation breaks down, or the step is
   *     so small that rounding swallows it
   */
  double trial(State state, RandomGenerator random);

  @Override
  default double[] tuned() {
    return tuning().numbers();
  }

  @Override
  default void retune(double[] tuned) {
    tuning().restore(tuned);
  }
}
