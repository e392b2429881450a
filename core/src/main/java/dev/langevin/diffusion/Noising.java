package dev.langevin.diffusion;

/**
 * A Gaussian noising process, x_t = a(t) x₀ + b(t) z with z ~ N(0, I): everything about it follows from a (signal scale) and b (noise
 * scale). The noise-to-signal ratio σ(t) = b(t)/a(t) increases in t and is the common clock of all processes.
 */
public interface Noising {
  /** The last time; infinity where there is none. At a finite end there may be no signal left: a = 0, σ = ∞, f and g² infinite. */
  default double end() {
    return Double.POSITIVE_INFINITY;
  }

  /** a(t), the signal scale; positive before {@link #end()}, and 1 at t = 0. */
  double signal(double t);

  /** b(t), the noise scale; zero at t = 0, but for a process that begins with data noised already ({@link GeometricExploding}). */
  double noise(double t);

  /** σ(t) = b(t)/a(t). */
  default double sigma(double t) {
    return noise(t) / signal(t);
  }

  /** f(t) = d ln a/dt, the rate at which the signal changes: the process is dX = f(t) X dt + g(t) dB. */
  double drift(double t);

  /**
   * g(t)² = 2 b (db/dt - f b) = a² dσ²/dt, the squared diffusion coefficient; zero or positive. The reverse process is dX = (g²∇ log q_t - f X) ds + g dB, s = T - t,
   * and the probability-flow ODE dX/dt = f X - ½ g² ∇ log q_t.
   */
  double diffusion(double t);

  /**
   * The time at which {@link #sigma} has this value: the inverse of {@code sigma(t)}; 0 for the level 0. A level between 0 and σ(0) is refused; one that no
   * number before a finite end has, is at the end, to rounding.
   */
  double time(double sigma);
}
