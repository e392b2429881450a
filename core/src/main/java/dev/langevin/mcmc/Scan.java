package dev.langevin.mcmc;

import java.util.random.RandomGenerator;

/** In which order a sweep visits its blocks. A sweep has as many visits as there are blocks, in either order. */
public enum Scan {
  /** One after the other. Leaves the target invariant, though not reversibly: run backwards, the order is the other one. */
  SYSTEMATIC,
  /** Each visit to a block drawn uniformly, with repetition: reversible; in a sweep about 37 % of many blocks are not visited. */
  RANDOM;

  /** The block of a visit; {@link #RANDOM} takes one uniform number. */
  int block(int visit, int blocks, RandomGenerator random) {
    return this == SYSTEMATIC ? visit : (int) (blocks * random.nextDouble());
  }
}
