package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.density.ExactLaw;
import dev.langevin.density.LogDensity;
import java.util.List;

/**
 * Independence Metropolis–Hastings (Hastings 1970; Tierney 1994, section 2.3.3): proposals y ~ q whatever the state, accepted with
 * probability min(1, w(y)/w(x)), w = p/q the importance weight. One density evaluation, one draw and two evaluations of q a step.
 *
 * <p>As good as q is close: if w is at most W times its mean, every step forgets its start with probability at least 1/W (Mengersen &amp;
 * Tweedie 1996, theorem 2.1); if w is unbounded (the tails of q lighter than the target's), the chain is not geometrically ergodic and
 * sits for ever longer on the points of largest weight. So q should have the heavier tails.
 *
 * <p>The weights of all proposals, accepted or not, are independent draws of importance sampling, and are summed up in the state's memory. The
 * kernel's figures: {@code weights_ess_share}, the share (Σw)²/(n Σw²) of them that counts (Kong 1992), near 1 for a perfect q, near 0 for a
 * useless one; {@code log_z}, the logarithm of the mean weight, which estimates log ∫p where q is normalised; and {@code log_z_se}, its standard
 * error √(Σw²/(Σw)² - 1/n). All three are too hopeful where the weights have no variance.
 *
 * <p>For a law that is learned in warm-up see {@code adapt.LearnedIndependence}.
 *
 * @param law q, for example a {@code Gaussian}, {@code StudentT} or {@code GaussianMixture} of {@code density.target}; each chain works
 *     on a {@link ExactLaw#fork()} of its own
 */
public record IndependenceMetropolis(ExactLaw law) implements Sampler.Composite {
  @Override
  public String name() {
    return "independence-given";
  }

  @Override
  public List<Statistic> statistics() {
    return Statistic.ofTests();
  }

  @Override
  public Kernel on(Density density) {
    return on((LogDensity) density);
  }

  /** A worker on a density without gradient, of the same dimension as the law. */
  public Kernel on(LogDensity density) {
    return new IndependenceKernel(law.fork(), density);
  }

  @Override
  public boolean tuned() {
    return false;
  }
}
