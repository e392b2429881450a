package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.List;

/**
 * Microcanonical Langevin Monte Carlo (Robnik, De Luca, Silverstein &amp; Seljak 2023, JMLR 24:311; Robnik &amp; Seljak 2023), unadjusted: in every
 * step the direction forgets a little, u ← (u + nu z)/|u + nu z| with nu = sqrt((exp(2 eps/L) - 1)/d), and then moves on by one step of
 * {@link Isokinetic microcanonical dynamics}. 1 or 2 gradients ({@link Splitting}) and O(d) a step.
 *
 * <p><b>Biased</b> at every step size, by an amount that vanishes with it as eps². The energy error ΔE of each step is reported
 * ({@link Outcome#energyError}): its variance per dimension is what a warm-up steers, to 5·10⁻⁴, and what the bias grows with. On funnels and heavy tails
 * that figure does not protect: compare with an exact sampler ({@link Mams}).
 *
 * <p>{@link Outcome#acceptance()} is what a Metropolis test of the single step would have said.
 *
 * @param stepSize eps, in the metric's units; positive
 * @param decoherence L in units of the target's size (the {@link MicrocanonicalKernel#unit unit} that a warm-up measures): the length after which a
 *     direction is forgotten; positive
 * @param splitting the integrator
 * @param tuned whether a warm-up chooses step size, metric and unit
 */
public record Mclmc(double stepSize, double decoherence, Splitting splitting, boolean tuned)
    implements Sampler {
  public Mclmc {
    Check.positive("stepSize", stepSize);
    Check.positive("decoherence", decoherence);
  }

  /** Exactly this step size, in the identity metric. */
  public Mclmc(double stepSize, double decoherence) {
    this(stepSize, decoherence, Splitting.LEAPFROG, false);
  }

  /** Tuned, L the target's size, the minimal-norm integrator. */
  public static Mclmc defaults() {
    return new Mclmc(0.1, 1, Splitting.MINIMAL_NORM, true);
  }

  @Override
  public String name() {
    return "mclmc";
  }

  @Override
  public List<Statistic> statistics() {
    return Statistic.ofMicrocanonical();
  }

  @Override
  public MicrocanonicalKernel on(Density density) {
    return new MclmcKernel(this, density);
  }
}
