package dev.langevin.mcmc;

import dev.langevin.math.Check;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One Markov step on a density: a worker of one thread, with its scratch arrays. Open to users.
 *
 * <p>Law of every kernel: equal state and equal random numbers give an equal step; no allocation per step. All that one step hands to the next is in
 * the {@link State}, {@link State#memory} included; the kernel itself keeps only what a warm-up has set, which {@link #tuned} tells. So a
 * chain can be cut between two steps and go on elsewhere. A step may draw as many random numbers as it likes, since every step of a chain reads from
 * an address of its own; where a fixed number is possible it is preferred, for it makes kernels comparable draw for draw.
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

  /** What a warm-up has set, to hand to {@link #retune}; empty for a kernel that learns nothing. A copy. */
  default double[] tuned() {
    return new double[0];
  }

  /**
   * Sets what {@link #tuned} told of an equal kernel: afterwards both step alike.
   *
   * @throws IllegalArgumentException if these are not such numbers
   */
  default void retune(double[] tuned) {
    Check.length("tuned", tuned, 0);
  }

  /**
   * What the kernel has found out beside the draws, by name, for example {@code log_z}: a chain reports it at its end. Empty for most.
   *
   * @param state the chain's state, in whose memory the kernel may have kept its sums
   */
  default Map<String, Double> figures(State state) {
    return Map.of();
  }
}
