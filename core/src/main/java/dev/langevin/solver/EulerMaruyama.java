package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.TimeGrid;

/**
 * Euler–Maruyama on the reversed process dX = (g²∇ log q_t(X) - f X) ds + g dB of any noising, in its own time: over a step from time s to time t = s - h
 *
 * <p>X ← X + h (g(s)² ∇ log q_s(X) - f(s) X) + g(s) √h Z
 *
 * <p>(Maruyama 1955; on reversed processes Song et al. 2021). Weak order 1; one evaluation and d normal numbers per step. Everything is frozen at the start of the step, which
 * costs accuracy and stability that an integrator made for the process ({@link ExponentialIntegrator}) keeps: steps longer than about 2b²/g² blow up. It is the plain reference,
 * and it works for every process. The process matters: on normal data and 320 equal steps of ln σ from e³ to e⁻³ the covariance is off by 1 % on the σ clock
 * ({@link dev.langevin.diffusion.VarianceExploding}), 0.2 % on the Ornstein–Uhlenbeck clock and 0.01 % on {@link dev.langevin.diffusion.GeometricExploding}'s, where the error of first order vanishes.
 *
 * <p>A step to time 0 returns the posterior mean D(X/a; σ), as elsewhere. A run starts from N(0, b(T)²I) in place of q_T.
 *
 * @param noising the process
 */
public record EulerMaruyama(Noising noising) implements Solver {
  /** On the Ornstein–Uhlenbeck process. */
  public EulerMaruyama() {
    this(new OrnsteinUhlenbeck());
  }

  @Override
  public String name() {
    return "euler-maruyama";
  }

  @Override
  public int noises() {
    return 1;
  }

  /** Enough on the Ornstein–Uhlenbeck process; other processes were not measured. */
  @Override
  public int defaultSteps() {
    return 512;
  }

  /** b(t). */
  @Override
  public double startingScale(double t) {
    return noising.noise(t);
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    double[] y = new double[Scratch.size(denoiser, rows)];
    double[] denoised = new double[y.length];
    return (k, x, n, z) -> {
      double s = grid.time(k);
      double t = grid.time(k + 1);
      int length = n * denoiser.dimension();
      double a = noising.signal(s);
      for (int i = 0; i < length; i++) {
        y[i] = x[i] / a;
      }
      denoiser.denoise(y, n, noising.sigma(s), denoised);
      if (t > 0) {
        move(x, denoised, length, s, s - t, z);
      } else {
        System.arraycopy(denoised, 0, x, 0, length);
      }
    };
  }

  /** The step with ∇ log q = (a D - X)/b² put in and sorted, so that nothing large cancels at small b. */
  private void move(double[] x, double[] denoised, int length, double s, double h, double[] z) {
    double b = noising.noise(s);
    double g2 = noising.diffusion(s);
    double pull = h * (g2 / b / b);
    double keep = 1 - pull - h * noising.drift(s);
    double add = pull * noising.signal(s);
    double fresh = Math.sqrt(h * g2);
    for (int i = 0; i < length; i++) {
      x[i] = keep * x[i] + add * denoised[i] + fresh * z[i];
    }
  }
}
