package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Microcanonical dynamics: motion at unit speed whose direction turns towards higher density (Robnik, De Luca, Silverstein &amp; Seljak 2023;
 * Steeg &amp; Galstyan 2021). With S the metric's root, f = Sᵀ∇log p(x), and a velocity |u| = 1,
 *
 * <pre>
 *   dx/dt = S u,     du/dt = (I - u uᵀ) f / (d - 1).
 * </pre>
 *
 * <p><b>A kick, solved exactly.</b> For fixed f = |f| e the velocity stays in the plane of u and e. With c = e·u the equation gives
 * dc/dt = |f|(1 - c²)/(d - 1), so c = tanh(t|f|/(d - 1) + const), and after a time t, with Δ = t|f|/(d - 1),
 *
 * <pre>
 *   u' = (u + e (sinh Δ + c (cosh Δ - 1))) / N,     N = cosh Δ + c sinh Δ.
 * </pre>
 *
 * <p><b>What it does to volume.</b> Write u = (cos θ) e + (sin θ) v with v on the sphere S^(d-2) orthogonal to e; the sphere's measure is
 * sin^(d-2) θ dθ dv. The kick leaves v alone. It maps c to c' = (c cosh Δ + sinh Δ)/N, so sin θ' = sin θ / N, and dc'/dc = 1/N², so
 * dθ'/dθ = (dc'/dc) sin θ / sin θ' = 1/N. Hence the measure shrinks by N^-(d-2) · N^-1 = N^-(d-1). A drift has Jacobian 1. So a sequence
 * of steps from x to x' is, in continuous measure, a map with log Jacobian -W, W = (d - 1) Σ log N, and on p(x) dx du the ratio of Metropolis
 * and Hastings of this map is
 *
 * <pre>
 *   log [p(x')/p(x)] - W = -ΔE:     ΔE = W - (log p(x') - log p(x))
 * </pre>
 *
 * is the energy error, zero for the exact flow (along which d log p/dt = f·u = d W/dt), and -u' goes back by the same steps. In one dimension there is
 * no sphere to move on; d must be at least 2.
 *
 * <p><b>Without overflow.</b> With ζ = exp(-Δ), u' ∝ e (1 - ζ)(1 + ζ + c (1 - ζ)) + 2ζ u and log N = Δ + log((1 + c + (1 - c) ζ²)/2). u' is normalised
 * afresh, which keeps rounding from adding up. A worker of one thread.
 */
final class Isokinetic {
  private final Density density;
  private final Tuning tuning;
  private final Splitting splitting;
  private final double[] force;
  private int gradients;

  Isokinetic(Density density, Tuning tuning, Splitting splitting) {
    this.density = density;
    this.tuning = tuning;
    this.splitting = splitting;
    this.force = new double[density.dimension()];
  }

  /** u ← (u + nu z)/|u + nu z|, z ~ N(0, I); with u = 0 a direction uniform on the sphere. Draws d normals. */
  static void refresh(double[] u, double nu, RandomGenerator random) {
    for (int i = 0; i < u.length; i++) {
      u[i] += nu * random.nextGaussian();
    }
    normalise(u);
  }

  /** A direction uniform on the sphere. Draws d normals. */
  static void refresh(double[] u, RandomGenerator random) {
    Momentum.refresh(u, random);
    normalise(u);
  }

  private static void normalise(double[] u) {
    double scale = 1 / Math.sqrt(2 * Momentum.energy(u));
    for (int i = 0; i < u.length; i++) {
      u[i] *= scale;
    }
  }

  /**
   * Makes one step of the tuning's step size.
   *
   * @param from where it begins
   * @param to where it ends; may be {@code from}. Its log density tells of an end outside the support, where the step stops
   * @param u velocity of norm 1, renewed
   * @return W, what the kicks did to the volume; NaN as soon as a gradient is not finite
   */
  double step(State from, State to, double[] u) {
    double eps = tuning.stepSize();
    double work = kick(u, from.gradient(), splitting.endKick() * eps);
    State at = from;
    gradients = 0;
    while (true) {
      tuning.metric().move(at.position(), u, splitting.drift() * eps, to.position());
      to.evaluate(density);
      gradients++;
      at = to;
      if (gradients == splitting.gradients() || !Double.isFinite(to.logDensity())) {
        return work + kick(u, to.gradient(), splitting.endKick() * eps);
      }
      work += kick(u, to.gradient(), splitting.middleKick() * eps);
      if (Double.isNaN(work)) {
        return work;
      }
    }
  }

  /** Gradients of the last step: fewer than usual if it left the support. */
  int gradients() {
    return gradients;
  }

  private double kick(double[] u, double[] gradient, double time) {
    double[] f = force;
    Arrays.fill(f, 0);
    tuning.metric().kick(f, gradient, 1);
    double norm = Math.sqrt(2 * Momentum.energy(f));
    if (norm == 0) {
      return 0;
    }
    double cosine = 0;
    for (int i = 0; i < u.length; i++) {
      cosine += f[i] * u[i];
    }
    cosine = Math.max(-1, Math.min(1, cosine / norm));
    double d1 = u.length - 1.0;
    double delta = time * norm / d1;
    double zeta = StrictMath.exp(-delta);
    double along = (1 - zeta) * (1 + zeta + cosine * (1 - zeta)) / norm;
    for (int i = 0; i < u.length; i++) {
      u[i] = along * f[i] + 2 * zeta * u[i];
    }
    normalise(u);
    return d1 * (delta + StrictMath.log(0.5 * (1 + cosine + (1 - cosine) * zeta * zeta)));
  }
}
