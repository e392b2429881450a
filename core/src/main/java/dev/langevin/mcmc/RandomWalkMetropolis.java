package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;
import dev.langevin.math.Check;
import java.util.List;

/**
 * Random-walk Metropolis (Metropolis et al. 1953): y = x + s M<sup>-1/2</sup> xi, xi ~ N(0, I), accepted with probability
 * min(1, p(y)/p(x)). Needs no gradient. One density evaluation and O(d) a step; of order d steps to an independent draw.
 *
 * <p>Tuned to acceptance 0.234, optimal in high dimension, where s is about 2.38/sqrt(d) in standardised coordinates (Roberts, Gelman
 * &amp; Gilks 1997); in one dimension 0.44 is better, which costs little to miss.
 *
 * <p>With a dense metric this is the adaptive Metropolis of Haario, Saksman &amp; Tamminen (2001), except that the covariance is learned in
 * warm-up alone and then held. Theirs goes on learning from all of the chain's past: it is no Markov chain and leaves the target invariant in
 * the limit only, so that no step of it can be tested; what it gains over a warm-up is small once the covariance is known. But this takes
 * a warm-up in proportion to d²: a random walk makes about 0.3/d independent draws a step, and a covariance wants several for each
 * dimension. Measured on a standard Gaussian, where a dense metric has nothing to gain: after 1000 iterations it halves the
 * effective draws for d = 8 and leaves a twentieth for d = 30; with 4000 for d = 8 a target of condition number 1000 costs less than
 * a third more than a standard one.
 *
 * @param stepSize s, the standard deviation of a move in the metric's units; positive
 */
public record RandomWalkMetropolis(double stepSize) implements Sampler {
  public RandomWalkMetropolis {
    Check.positive("stepSize", stepSize);
  }

  /** Step size 1, where a warm-up begins to search. */
  public static RandomWalkMetropolis defaults() {
    return new RandomWalkMetropolis(1);
  }

  @Override
  public String name() {
    return "rwm";
  }

  @Override
  public double targetAcceptance() {
    return 0.234;
  }

  @Override
  public List<Statistic> statistics() {
    return List.of(
        Statistic.LOG_DENSITY, Statistic.ACCEPTANCE, Statistic.STEP_SIZE, Statistic.DIVERGENT);
  }

  @Override
  public TunableKernel on(Density density) {
    return on((LogDensity) density);
  }

  /** A worker with the identity metric, on a density without gradient. */
  public TunableKernel on(LogDensity density) {
    return new RandomWalkKernel(stepSize, density);
  }
}
