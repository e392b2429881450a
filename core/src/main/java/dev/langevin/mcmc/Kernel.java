package dev.langevin.mcmc;

import java.util.random.RandomGenerator;

/**
 * One Markov step on a density: a worker of one thread, with its scratch arrays. Open to users.
 *
 * <p>Law of every kernel: equal state and equal random numbers give an equal step; how many random numbers a step draws never
 * depends on what it finds; no allocation per step.
 */
public interface Kernel {
  /** d, the number of coordinates. */
  int dimension();

  /**
   * The state at {@code x}, which is copied.
   *
   * @throws IllegalArgumentException if x does not have d finite coordinates, or the log density (the gradient too, where the kernel uses
   *     it) is not finite there
   */
  State start(double[] x);

  /**
   * Moves {@code state} by one step, in place, and tells what happened.
   *
   * @param state made by {@link #start} of this kernel, or of another on the same density that also uses (or does not use) gradients
   * @param random read by this call alone
   * @return this kernel's own outcome, overwritten in the next step
   */
  Outcome step(State state, RandomGenerator random);
}
