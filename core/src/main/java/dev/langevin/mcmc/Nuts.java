package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.List;

/**
 * The no-U-turn sampler (Hoffman &amp; Gelman 2014), in the form that Stan has come to: a {@link Leapfrog} trajectory is doubled, forwards or backwards by a
 * coin, until it turns back on itself; the next state is drawn from its points with weights exp(-H) (Betancourt 2017). So no length has to be chosen.
 *
 * <ul>
 *   <li>Within a new half the point is drawn by weight; between the old half and the new one the new is preferred, with probability min(1, w_new/w_old)
 *       (biased progressive sampling, Betancourt 2017, appendix A.3.2).
 *   <li>A stretch with the sum of its momenta rho turns back where rho · w ≤ 0 at one of its ends. When two halves are joined this is asked of the whole, and of
 *       each half with the nearest point of the other, which sees the turn that the ends alone can miss (Stan 2.21).
 *   <li>A half that turns back within itself, leaves the support or runs away in energy by more than 1000 (a divergence) is thrown away, and ends the trajectory.
 * </ul>
 *
 * <p>At most 2<sup>maxDepth</sup> - 1 gradients a step. Tuned to acceptance 0.8 on average over the points of a trajectory. How many random numbers a step draws
 * depends on its trajectory.
 *
 * @param stepSize eps, where a warm-up begins to search; positive
 * @param maxDepth most doublings, 1 to 20
 */
public record Nuts(double stepSize, int maxDepth) implements Sampler {
  public Nuts {
    Check.positive("stepSize", stepSize);
    Check.between("maxDepth", maxDepth, 1, 20);
  }

  /** At most ten doublings, as in Stan. */
  public static Nuts defaults() {
    return new Nuts(1, 10);
  }

  @Override
  public String name() {
    return "nuts";
  }

  @Override
  public double targetAcceptance() {
    return 0.8;
  }

  @Override
  public List<Statistic> statistics() {
    return List.of(Statistic.values());
  }

  @Override
  public TunableKernel on(Density density) {
    return new NoUTurnKernel(this, density);
  }
}
