package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.List;

/**
 * The Metropolis-adjusted microcanonical sampler (Robnik, Cohn-Gordon &amp; Seljak 2025, arXiv 2503.01707): a fresh direction uniform on the sphere, a
 * trajectory of {@link Isokinetic microcanonical dynamics}, and acceptance with probability min(1, exp(-ΔE)), ΔE its energy
 * error; see {@code Isokinetic} for the derivation. <b>Exact</b> at every step size. n steps of 1 or 2 gradients ({@link Splitting}) and O(n d).
 *
 * <p>Speed is 1 whatever the density, where in {@link Hmc} it is √d on average and varies; so trajectories do not run away where the
 * density is steep. In high dimension on a Gaussian both move alike, and HMC's length t is √d t here.
 *
 * <p>Lengths are given in the target's own size, the {@link MicrocanonicalKernel#unit unit} that a warm-up measures: √d for a standardised target, on
 * which a trajectory of {@code Length(π/2, …)} makes a quarter turn. The length of every trajectory is multiplied by a number uniform on
 * (1 - jitter, 1 + jitter), which is independent of the state.
 *
 * <p>Tuned to acceptance 0.85, between the optimum of leapfrog on Gaussians in high dimension (0.65) and the 0.9 of its authors: on Rosenbrock's function
 * less makes the tails sticky, more costs 10 % on Gaussians.
 *
 * @param stepSize eps, in the metric's units; positive
 * @param trajectory how far, in units of the target's size
 * @param jitter half-width of the uniform factor on the trajectory, 0 to 1; 0 is none
 * @param splitting the integrator
 */
public record Mams(double stepSize, Trajectory trajectory, double jitter, Splitting splitting)
    implements Sampler {
  private static final int CAP = 1000;

  public Mams {
    Check.positive("stepSize", stepSize);
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be between 0 and 1, got " + jitter);
    }
  }

  /** A trajectory of this length in units of the target's size, at most 1000 steps. */
  public static Mams ofLength(double length) {
    return new Mams(1, new Trajectory.Length(length, CAP), 0.5, Splitting.LEAPFROG);
  }

  /** Trajectories of mean length π/2, jittered by half. */
  public static Mams defaults() {
    return ofLength(Math.PI / 2);
  }

  @Override
  public String name() {
    return "mams";
  }

  @Override
  public double targetAcceptance() {
    return 0.85;
  }

  @Override
  public List<Statistic> statistics() {
    return Statistic.ofMicrocanonical();
  }

  @Override
  public MicrocanonicalKernel on(Density density) {
    return new MamsKernel(this, density);
  }
}
