package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;

/**
 * The leapfrog (Störmer–Verlet, kick–drift–kick) integrator of the energy H = |w|²/2 - log p(x), with S the
 * metric's root:
 *
 * <pre>
 *   w ← w + (eps/2) Sᵀg(x);   x ← x + eps S w;   w ← w + (eps/2) Sᵀg(x)
 * </pre>
 *
 * Reversible, volume-preserving, of order 2 (Neal 2011, section 2.3). One gradient a step. A worker of one thread.
 */
public final class Leapfrog {
  private final Density density;
  private final Tuning tuning;

  Leapfrog(Density density, Tuning tuning) {
    this.density = density;
    this.tuning = tuning;
  }

  /** A leapfrog integrator on its own. */
  public Leapfrog(Density density, Metric metric) {
    this(density, new Tuning(1, metric));
    Check.between(
        "metric.dimension()", metric.dimension(), density.dimension(), density.dimension());
  }

  /**
   * Makes one step of length {@code eps}, in place; a negative one goes back.
   *
   * @param at position, gradient and log density, all renewed
   * @param w momentum in the metric's units, length d
   */
  public void step(State at, double[] w, double eps) {
    step(at, at, w, eps);
  }

  /** The same from one state to another of the same kind, which spares a kernel the copy. */
  void step(State from, State to, double[] w, double eps) {
    Metric metric = tuning.metric();
    metric.kick(w, from.gradient(), 0.5 * eps);
    metric.move(from.position(), w, eps, to.position());
    to.evaluate(density);
    metric.kick(w, to.gradient(), 0.5 * eps);
  }
}
