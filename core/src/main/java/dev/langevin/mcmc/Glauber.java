package dev.langevin.mcmc;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.List;

/**
 * Glauber dynamics by heat bath (Glauber 1963): Gibbs sampling of a {@link BinaryPairwise} model one spin at a time, x_i = 1 with
 * probability 1/(1 + e^(-2 f_i)), f_i = h_i + Σ_j J_ij x_j the local field. One step is a sweep of n visits.
 *
 * <p>All local fields are kept in the state's memory: a visit costs O(1), a spin that flips O(n), so a sweep is O(n + n · flips). They are
 * summed afresh every 1000 sweeps, which keeps rounding at 1e-13.
 *
 * <p>A start is any point of R^n: it is moved to the nearest state, the signs of its coordinates (zero becomes 1).
 *
 * <p>{@link Outcome#evaluations()} is 1, since a sweep costs at most about one log density; {@link Outcome#acceptance()} is 1.
 *
 * @param model what is sampled; the recipe carries it, since the local fields are more than a log density
 * @param scan the order of the visits
 */
public record Glauber(BinaryPairwise model, Scan scan) implements Sampler.Composite {
  @Override
  public String name() {
    return "glauber";
  }

  @Override
  public List<Statistic> statistics() {
    return List.of(Statistic.LOG_DENSITY);
  }

  /** A worker. */
  public Kernel on() {
    return new GlauberKernel(model, scan);
  }

  /**
   * A worker, which uses the recipe's own model in place of {@code density}.
   *
   * @param density the same model in other clothes, for example with quantities to report; its dimension is compared
   */
  @Override
  public Kernel on(Density density) {
    Check.between("density.dimension()", density.dimension(), model.dimension(), model.dimension());
    return on();
  }

  @Override
  public boolean tuned() {
    return false;
  }
}
