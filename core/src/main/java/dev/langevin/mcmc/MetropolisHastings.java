package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;
import java.util.List;

/**
 * Metropolis–Hastings (Hastings 1970) with a proposal of the user's: x' ~ q(·|x), accepted with probability
 * min(1, p(x') q(x|x') / (p(x) q(x'|x))), computed in logs. For continuous and for discrete states: the target's log density is negative infinity
 * wherever there is no state. One density evaluation and one proposal a step; needs no gradient.
 *
 * <p>Nothing is tuned: who wants a learned scale has {@link RandomWalkMetropolis}.
 *
 * @param proposal q; each chain works on a {@link Proposal#fork()} of its own
 */
public record MetropolisHastings(Proposal proposal) implements Sampler.Composite {
  @Override
  public String name() {
    return "metropolis-hastings";
  }

  @Override
  public List<Statistic> statistics() {
    return Statistic.ofTests();
  }

  @Override
  public Kernel on(Density density) {
    return on((LogDensity) density);
  }

  /** A worker on a density without gradient. */
  public Kernel on(LogDensity density) {
    return new MetropolisHastingsKernel(proposal.fork(), density);
  }

  @Override
  public boolean tuned() {
    return false;
  }
}
