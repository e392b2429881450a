package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.List;

/**
 * Hamiltonian Monte Carlo (Duane et al. 1987; Neal 2011): a fresh momentum w ~ N(0, I), a {@link Leapfrog} trajectory of n steps of eps, and
 * acceptance with probability min(1, exp(H(x, w) - H(x', w'))), H = |w|²/2 - log p. n gradients and O(n d) a step.
 *
 * <p>A trajectory of fixed length on a near-Gaussian target can return to where it began, again and again; so its length is
 * multiplied by a number uniform on (1 - jitter, 1 + jitter), drawn in every step from the step's own random numbers (Mackenzie 1989). It does not
 * depend on the state, so the target stays invariant.
 *
 * <p>Divergence: NaN or positive infinity on the way, or an energy more than 1000 above the higher of the two ends. A trajectory that
 * leaves the support is a rejection. Neither rule depends on the direction of travel, so both keep detailed balance exactly.
 *
 * <p>Tuned to acceptance 0.8: a little above the optimum of 0.651 in high dimension (Beskos et al. 2013), since more than that costs
 * little, and less risks divergences.
 *
 * @param stepSize eps; positive
 * @param trajectory how far
 * @param jitter half-width of the uniform factor on the trajectory, 0 to 1; 0 is none
 */
public record Hmc(double stepSize, Trajectory trajectory, double jitter) implements Sampler {
  public Hmc {
    Check.positive("stepSize", stepSize);
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be between 0 and 1, got " + jitter);
    }
  }

  /** Exactly {@code steps} steps, without jitter. */
  public Hmc(double stepSize, int steps) {
    this(stepSize, new Trajectory.Steps(steps), 0);
  }

  /** A trajectory of this length in the metric's units, at most 1000 steps, with full jitter. */
  public static Hmc ofLength(double length) {
    return new Hmc(1, new Trajectory.Length(length, 1000), 1);
  }

  /** Trajectories of mean length π/2 with full jitter: what near-Gaussian targets want in standardised coordinates. */
  public static Hmc defaults() {
    return ofLength(Math.PI / 2);
  }

  @Override
  public String name() {
    return "hmc";
  }

  @Override
  public double targetAcceptance() {
    return 0.8;
  }

  @Override
  public List<Statistic> statistics() {
    return Statistic.ofLeapfrogs();
  }

  @Override
  public TunableKernel on(Density density) {
    return new HamiltonianKernel(this, density);
  }
}
