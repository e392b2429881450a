package dev.langevin.density;

import java.util.random.RandomGenerator;

/** A density that can be drawn from exactly: what an independence sampler proposes from. */
public interface ExactLaw extends LogDensity {
  /**
   * Writes one draw of exactly this density, independent of all others.
   *
   * @param random the only source of randomness
   * @param out length d, overwritten
   */
  void sample(RandomGenerator random, double[] out);

  /** An equal law for another thread; this one by default, which is right where it has no scratch state. */
  default ExactLaw fork() {
    return this;
  }
}
