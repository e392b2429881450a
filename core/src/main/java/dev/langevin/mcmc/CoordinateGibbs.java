package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;
import java.util.ArrayList;
import java.util.List;

/**
 * Gibbs sampling one coordinate at a time with the same sampler within, ready for any density: see {@link Gibbs}. A step is a sweep over
 * all d coordinates and costs d steps of the sampler: about 5 d evaluations with {@link Slice}, d with {@link RandomWalkMetropolis}.
 *
 * <p>Each coordinate has a step size of its own, so scales do not matter; correlations do: for a pair of correlation ρ a sweep of exact draws
 * shrinks the dependence on the start by ρ² only.
 *
 * @param within the sampler of each coordinate; it sees a density of one dimension
 * @param scan the order of the visits
 */
public record CoordinateGibbs(Sampler within, Scan scan) implements Sampler {
  /** Slice sampling of every coordinate in turn. */
  public static CoordinateGibbs defaults() {
    return new CoordinateGibbs(Slice.defaults(), Scan.SYSTEMATIC);
  }

  @Override
  public String name() {
    return "gibbs";
  }

  @Override
  public List<Statistic> statistics() {
    return GibbsKernel.STATISTICS;
  }

  @Override
  public SelfTuningKernel on(Density density) {
    return on((LogDensity) density);
  }

  /** A worker on a density without gradient, for a sampler within that needs none. */
  public SelfTuningKernel on(LogDensity density) {
    List<GibbsBlock> blocks = new ArrayList<>();
    for (int i = 0; i < density.dimension(); i++) {
      blocks.add(GibbsBlock.within(within, i));
    }
    return new GibbsKernel(density, blocks, scan);
  }
}
