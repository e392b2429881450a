package dev.langevin.mcmc;

import java.util.random.RandomGenerator;

/**
 * How {@link MetropolisHastings} proposes: a law q(·|x) of the next point given this one, on continuous or discrete coordinates. Open to users.
 *
 * <p>The law may depend on x alone: neither on earlier steps nor on a counter.
 */
public interface Proposal {
  /**
   * Writes x' ~ q(·|x) into {@code out} and returns log q(x|x') - log q(x'|x): zero for a symmetric law. Negative infinity says that there is no
   * way back, which is a rejection; NaN or positive infinity that the computation failed, which is a divergence.
   *
   * @param x where the chain is, length d; not to be written to
   * @param out length d, overwritten in every coordinate; another array than {@code x}
   * @param random the only source of randomness
   */
  double propose(double[] x, double[] out, RandomGenerator random);

  /**
   * Moves the starting point of a chain, in place, to a state that the target knows: on a lattice, by rounding. Chains start at points
   * drawn uniformly from (-2, 2), which are no states of a discrete target. Does nothing by default.
   *
   * @param x length d, finite
   */
  default void land(double[] x) {}

  /** An equal proposal for another thread; this one by default, which is right where it has no scratch state. */
  default Proposal fork() {
    return this;
  }
}
