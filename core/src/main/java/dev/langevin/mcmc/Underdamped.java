package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.List;

/**
 * Underdamped (kinetic) Langevin: a momentum w, kept from step to step, in dx = S w dt, dw = Sᵀg dt - γ w dt + sqrt(2γ) dB, S the metric's root.
 * Split into B (kick), A (drift) and O (friction and noise, solved exactly, w ← c w + sqrt(1 - c²) xi with c = exp(-γ t)), and put together as
 * BAOAB or OBABO (Leimkuhler &amp; Matthews 2013). One gradient and O(d) a step, beside the metric.
 *
 * <p><b>Unadjusted it is biased</b>, {@link Outcome#acceptance} being what a test would have said; stable for h √λ &lt; 2, λ the largest precision in
 * the metric's units. On a Gaussian the positions have, per direction,
 *
 * <table>
 *   <caption>Stationary variance, friction of no influence</caption>
 *   <tr><td>OBABO</td><td>1/(λ (1 - h²λ/4))</td></tr>
 *   <tr><td>BAOAB</td><td>1/λ: exact, whatever h</td></tr>
 * </table>
 *
 * <p><b>Adjusted it is exact</b>: the energy that B and A add without O (the shadow work, Sivak, Chodera &amp; Crooks 2014) is put to a Metropolis test,
 * and a rejected step stays and turns the momentum (Horowitz 1991, there for OBABO; it holds for BAOAB, since O obeys detailed balance in w). The turning
 * makes a rejection dear, so it is tuned to 0.95.
 *
 * <p>The unadjusted {@link #defaults()} is tuned by a warm-up that runs the adjusted one, as {@link Ula}'s is, and to the same 0.99: a bias of order h²
 * is about 2.6 % of the variances for d = 10 with OBABO, and nothing on Gaussians with BAOAB.
 *
 * <p>A chain starts with momentum 0, which its first steps forget. Where an unadjusted step leaves the support, or breaks down, it stays and turns too.
 *
 * @param stepSize h, a leapfrog's eps; positive
 * @param friction γ, in units of 1/time; positive. On a standard Gaussian 1 makes the squares of positions forget fastest (their autocorrelations
 *     integrate to (1 + γ²)/(2γ)), while positions themselves take γ
 * @param scheme the order of the parts
 * @param adjusted whether with test
 * @param tuned whether a warm-up chooses h, beginning with this one, and the metric
 */
public record Underdamped(
    double stepSize, double friction, Scheme scheme, boolean adjusted, boolean tuned)
    implements Sampler {
  /** The order in which kick B, drift A and friction O make up a step; the outer ones are halves. */
  public enum Scheme {
    /** Kick, drift, friction, drift, kick; d normals. */
    BAOAB,
    /** Friction, kick, drift, kick, friction: a leapfrog step between two half refreshments; 2 d normals. */
    OBABO
  }

  public Underdamped {
    Check.positive("stepSize", stepSize);
    Check.positive("friction", friction);
  }

  /** Without test and with exactly this step size, in the identity metric. */
  public Underdamped(double stepSize, double friction, Scheme scheme) {
    this(stepSize, friction, scheme, false, false);
  }

  /** BAOAB of friction 1 without test, with a step size that the warm-up chooses; 0.3 without one. */
  public static Underdamped defaults() {
    return new Underdamped(0.3, 1, Scheme.BAOAB, false, true);
  }

  /** The same with test, tuned. */
  public Underdamped withTest() {
    return new Underdamped(stepSize, friction, scheme, true, true);
  }

  @Override
  public String name() {
    return "underdamped";
  }

  @Override
  public double targetAcceptance() {
    return adjusted ? 0.95 : 0.99;
  }

  @Override
  public List<Statistic> statistics() {
    return Statistic.ofLeapfrogs();
  }

  @Override
  public TunableKernel on(Density density) {
    return new UnderdampedKernel(this, density);
  }

  @Override
  public Sampler warmup() {
    return tuned ? withTest() : this;
  }
}
