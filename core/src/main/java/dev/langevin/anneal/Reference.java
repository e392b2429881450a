package dev.langevin.anneal;

import dev.langevin.math.Check;

/**
 * The distribution at the hot end, q: normal with independent coordinates, so that it is drawn exactly and its constant is known.
 *
 * <p>It must be wide enough to reach every mode of the target; each factor of e in its scale beyond that costs about sqrt(2 d/π) in the
 * {@linkplain ParallelTempering barrier}. A learned one (Surjanovic et al. 2022) takes the means and variances of the cold chain's own draws, which makes the
 * barrier of a posterior with one mode small whatever its place and scale. With several modes it is a trap: moments of draws from one mode put q on that mode,
 * and no replica will ever find another. So the moments are taken only if {@value #RESTARTS} replicas or more have come down from the hot end meanwhile, else q stays:
 * a mode of weight 0.25 is then missed with probability 2e-4, but one of weight 0.05 with 0.2. Who fears small modes takes a fixed one.
 *
 * @param scale s, where q is N(0, s²I), for a learned one only until it has learned; positive
 * @param learned whether the warm-up replaces it
 */
public record Reference(double scale, boolean learned) {
  /** Arrivals at the cold end that make its draws fit to learn from. */
  static final int RESTARTS = 30;

  public Reference {
    Check.positive("scale", scale);
  }

  /** N(0, s²I), once and for all. */
  public static Reference fixed(double scale) {
    return new Reference(scale, false);
  }

  /** N(0, s²I) until the warm-up knows the target's means and variances. */
  public static Reference learned(double scale) {
    return new Reference(scale, true);
  }
}
