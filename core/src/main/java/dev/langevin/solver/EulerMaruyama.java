package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.TimeGrid;
import java.util.Arrays;

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
    Step[] steps = new Step[grid.steps()]; // made once: some schedules' functions allocate
    Arrays.setAll(steps, k -> step(grid.time(k), grid.time(k + 1)));
    return (k, x, n, z) -> {
      Step step = steps[k];
      int length = n * denoiser.dimension();
      for (int i = 0; i < length; i++) {
        y[i] = x[i] / step.signal;
      }
      denoiser.denoise(y, n, step.sigma, denoised);
      for (int i = 0; i < length; i++) {
        x[i] = step.keep * x[i] + step.add * denoised[i];
      }
      for (int i = 0; step.fresh > 0 && i < length; i++) {
        x[i] += step.fresh * z[i];
      }
    };
  }

  /** X ← keep X + add D(X/signal; sigma) + fresh Z. */
  private record Step(double signal, double sigma, double keep, double add, double fresh) {}

  /** The step with ∇ log q = (a D - X)/b² put in and sorted, so that nothing large cancels at small b. */
  private Step step(double s, double t) {
    double a = noising.signal(s);
    if (t == 0) {
      return new Step(a, noising.sigma(s), 0, 1, 0);
    }
    double b = noising.noise(s);
    double h = s - t;
    double g2 = noising.diffusion(s);
    double pull = h * (g2 / b / b);
    double keep = 1 - pull - h * noising.drift(s);
    return new Step(a, noising.sigma(s), keep, pull * a, Math.sqrt(h * g2));
  }
}
