package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;

/**
 * The leapfrog (Störmer–Verlet, kick–drift–kick) integrator of the energy H = |w|²/2 - log p(x), with S = M<sup>-1/2</sup>:
 *
 * <pre>
 *   w ← w + (eps/2) S g(x);   x ← x + eps S w;   w ← w + (eps/2) S g(x)
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
    double[] scale = tuning.metric().scale();
    double[] x = at.position();
    double[] g = at.gradient();
    double half = 0.5 * eps;
    kick(w, scale, g, half);
    for (int i = 0; i < x.length; i++) {
      x[i] += eps * scale[i] * w[i];
    }
    at.evaluate(density);
    kick(w, scale, g, half);
  }

  private static void kick(double[] w, double[] scale, double[] g, double half) {
    for (int i = 0; i < w.length; i++) {
      w[i] += half * scale[i] * g[i];
    }
  }
}
