package dev.langevin.mcmc;

import java.util.random.RandomGenerator;

/** An exact draw of some coordinates from their full conditional law, for a block of {@link Gibbs}. Open to users. */
public interface Conditional {
  /**
   * Draws the block's coordinates from their law given all others, whatever they are now.
   *
   * @param x length d; only the block's coordinates may be written to
   * @param random the only source of randomness
   */
  void draw(double[] x, RandomGenerator random);

  /** An equal conditional for another thread; this one by default, which is right where it has no scratch state. */
  default Conditional fork() {
    return this;
  }
}
