package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;
import dev.langevin.math.Check;
import java.util.List;

/**
 * Gibbs sampling (Geman &amp; Geman 1984) over blocks of coordinates: each visit renews one block given all others, either by an exact draw from
 * its full conditional law or by one step of any sampler that leaves that law invariant (Metropolis within Gibbs, Tierney 1994). One step is a
 * sweep: as many visits as there are blocks.
 *
 * <p>The conditional law's density is the joint one as a function of the block alone, so a sampler within sees {@code log p} with the
 * other coordinates held. A visit costs what that sampler's step costs, in evaluations of the whole density; one more if the sampler uses gradients, since the
 * others have moved; exact draws cost one evaluation a sweep altogether, for the log density that the state tells.
 *
 * <p>A warm-up tunes the step size of every sampler within on its own, by a Robbins–Monro recursion with averaging (Andrieu &amp; Thoms
 * 2008, algorithm 4), to its target acceptance. Metrics within stay the identity: coordinates of very different scales or strong correlation want
 * blocks of their own, or another sampler.
 *
 * <p>{@link Outcome#acceptance()} is the mean over the visits, an exact draw counting 1. If a visit diverges, its block stays, the sweep goes
 * on, since the other visits must not depend on that, and the outcome tells of the first divergence.
 *
 * <p>The start must have a finite log density; for discrete coordinates it must be a state.
 *
 * @param blocks at least one; each coordinate in at least one, blocks may overlap
 * @param scan the order of the visits
 */
public record Gibbs(List<GibbsBlock> blocks, Scan scan) implements Sampler.Composite {
  public Gibbs {
    Check.atLeast("number of blocks", blocks.size(), 1);
    blocks = List.copyOf(blocks);
  }

  @Override
  public String name() {
    return "gibbs-blocks";
  }

  @Override
  public List<Statistic> statistics() {
    return GibbsKernel.STATISTICS;
  }

  /**
   * A worker.
   *
   * @throws IllegalArgumentException if a block has a coordinate that the density has not, or a coordinate is in no block
   */
  @Override
  public SelfTuningKernel on(Density density) {
    return on((LogDensity) density);
  }

  /** A worker on a density without gradient, for samplers within that need none. */
  public SelfTuningKernel on(LogDensity density) {
    return new GibbsKernel(density, blocks, scan);
  }
}
