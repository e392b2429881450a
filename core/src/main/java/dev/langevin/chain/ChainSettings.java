package dev.langevin.chain;

import dev.langevin.adapt.MetricAdaptation;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;

/**
 * How many chains, how long, and from which seed.
 *
 * @param chains number of chains, at least 1; at least 2 for the diagnostics to say much, 4 is usual
 * @param warmup iterations of each chain for adaptation, not kept; 0 uses the recipe's step size as it is. Fewer than 20 adapt the step size
 *     only
 * @param draws draws kept of each chain, at least 1
 * @param thin iterations per draw, at least 1: {@code draws * thin} follow the warm-up, every {@code thin}-th is kept
 * @param targetAcceptance mean acceptance that the warm-up steers to, strictly between 0 and 1; NaN = the sampler's own
 * @param metric how the warm-up learns the metric, for samplers that have one
 * @param seed the root of all random numbers
 */
public record ChainSettings(
    int chains,
    int warmup,
    int draws,
    int thin,
    double targetAcceptance,
    MetricAdaptation metric,
    Seed seed) {
  private static final int POINTS = 500;

  public ChainSettings {
    Check.atLeast("chains", chains, 1);
    Check.atLeast("warmup", warmup, 0);
    Check.atLeast("draws", draws, 1);
    Check.atLeast("thin", thin, 1);
    if (warmup + (long) draws * thin > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "warmup + draws * thin must be at most "
              + Integer.MAX_VALUE
              + ", got "
              + (warmup + (long) draws * thin));
    }
    if (!Double.isNaN(targetAcceptance)) {
      Check.inside("targetAcceptance", targetAcceptance, 0, 1);
    }
  }

  /** The same with a diagonal metric. */
  public ChainSettings(
      int chains, int warmup, int draws, int thin, double targetAcceptance, Seed seed) {
    this(chains, warmup, draws, thin, targetAcceptance, MetricAdaptation.DIAGONAL, seed);
  }

  /** Four chains of 1000 iterations of warm-up and 1000 draws, none left out, the sampler's own target, a low-rank metric. */
  public static ChainSettings defaults(Seed seed) {
    return new ChainSettings(4, 1000, 1000, 1, Double.NaN, MetricAdaptation.LOW_RANK, seed);
  }

  /** Iterations of each chain, warm-up included. */
  public int iterations() {
    return warmup + draws * thin;
  }

  /** Of so many draws one is also kept as a point of R^d: the least number that leaves at most 500 of each chain. */
  public int pointEvery() {
    return (draws + POINTS - 1) / POINTS;
  }
}
