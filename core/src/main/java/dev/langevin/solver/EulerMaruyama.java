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
 * and it works for every process. The process matters; the variance's relative error on normal data of variance 1.69 and of 0.09, after 320 equal steps of ln σ from e³ to e⁻³:
 *
 * <table>
 *   <caption>Relative error of the variance, by exact recursion</caption>
 *   <tr><th>process</th><th>data of variance 1.69</th><th>0.09</th></tr>
 *   <tr><td>{@link dev.langevin.diffusion.VarianceExploding}</td><td>0.94 %</td><td>0.99 %</td></tr>
 *   <tr><td>{@link OrnsteinUhlenbeck}</td><td>0.12 %</td><td>1.55 %</td></tr>
 *   <tr><td>{@link dev.langevin.diffusion.TimeRescaled#linear()}</td><td>0.32 %</td><td>0.89 %</td></tr>
 *   <tr><td>{@link dev.langevin.diffusion.SubVariancePreserving#linear()}</td><td>0.21 %</td><td>0.57 %</td></tr>
 *   <tr><td>{@link dev.langevin.diffusion.StraightPath}</td><td>-0.10 %</td><td>0.49 %</td></tr>
 *   <tr><td>{@link dev.langevin.diffusion.GeometricExploding}</td><td>0.01 %</td><td>0.06 %</td></tr>
 * </table>
 *
 * <p>On the geometric clock the errors of first order cancel, but for a share of the step times σ² of the last level.
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

  /**
   * The levels lie at the same σ whatever the clock, so the number hardly depends on the process: with it the spread is within 1.1 % on every noising that ships, on Ornstein–Uhlenbeck 1.06 %,
   * elsewhere 0.9 % or less. For a noising of your own, with a clock of its own, this is a guess.
   */
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
    Update[] plan = plan(grid);
    double[] signal = new double[plan.length];
    double[] sigma = new double[plan.length];
    for (int k = 0; k < plan.length; k++) {
      signal[k] = noising.signal(grid.time(k));
      sigma[k] = noising.sigma(grid.time(k));
    }
    double[] y = new double[Scratch.size(denoiser, rows)];
    double[][] denoised = new double[1][y.length];
    return (k, x, n, z) -> {
      int length = n * denoiser.dimension();
      double a = signal[k];
      for (int i = 0; i < length; i++) {
        y[i] = x[i] / a;
      }
      denoiser.denoise(y, n, sigma[k], denoised[0]);
      plan[k].apply(x, denoised, length, z, x);
    };
  }

  /** The steps with ∇ log q = (a D - X)/b² put in and sorted, so that nothing large cancels at small b. */
  Update[] plan(TimeGrid grid) {
    Update[] plan = new Update[grid.steps()];
    for (int k = 0; k < plan.length; k++) {
      plan[k] = update(grid.time(k), grid.time(k + 1));
    }
    return plan;
  }

  private Update update(double s, double t) {
    if (t == 0) {
      return new Update(0, 1);
    }
    double h = s - t;
    double b = noising.noise(s);
    double g2 = noising.diffusion(s);
    double pull = h * (g2 / b / b);
    double keep = 1 - pull - h * noising.drift(s);
    return new Update(keep, new double[] {pull * noising.signal(s)}, Math.sqrt(h * g2));
  }
}
