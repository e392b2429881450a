package dev.langevin.theory;

import dev.langevin.math.Check;

/**
 * The variance that a sampler without a Metropolis–Hastings test settles at on a normal target of precision λ, exactly; the right one is 1/λ. A test
 * of equality, not of closeness, for every such sampler.
 */
public enum UnadjustedVariance {
  /** The unadjusted Langevin algorithm, x' = x - hλx + √(2h) ξ: 1/(λ(1 - hλ/2)), for hλ below 2. */
  EULER {
    @Override
    double shrinkage(double precision, double stepSize) {
      return stepSize * precision / 2;
    }
  },
  /**
   * Leapfrog steps of size h with momenta renewed in whole (Hamiltonian Monte Carlo without its test) or in part (OBABO): they keep λ(1 - h²λ/4) x² +
   * p², so that x has the variance 1/(λ(1 - h²λ/4)), for h√λ below 2.
   */
  LEAPFROG {
    @Override
    double shrinkage(double precision, double stepSize) {
      return stepSize * stepSize * precision / 4;
    }
  },
  /** BAOAB (Leimkuhler &amp; Matthews 2013): 1/λ, no bias in the positions, for h√λ below 2. */
  BAOAB {
    @Override
    double shrinkage(double precision, double stepSize) {
      return 0;
    }
  };

  /** By how much 1/(λ · variance) falls short of 1. */
  abstract double shrinkage(double precision, double stepSize);

  /**
   * The stationary variance of the position.
   *
   * @param precision λ, positive
   * @param stepSize h, positive, and small enough that there is a stationary law
   */
  public double of(double precision, double stepSize) {
    Check.positive("precision", precision);
    Check.positive("stepSize", stepSize);
    double stability = this == EULER ? 2 / precision : 2 / Math.sqrt(precision);
    Check.inside("stepSize", stepSize, 0, stability);
    return 1 / (precision * (1 - shrinkage(precision, stepSize)));
  }
}
