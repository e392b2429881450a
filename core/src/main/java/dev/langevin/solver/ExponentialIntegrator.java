package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;

/**
 * The exponential integrator of the reversed Ornstein–Uhlenbeck process dX = (X + 2∇ log q_{T-t}(X)) dt + √2 dB: over a step from time
 * s to time t = s - h the score is frozen and the rest solved exactly,
 *
 * <p>X ← e^h X + 2(e^h - 1) ∇ log q_s(X) + √(e^{2h} - 1) Z
 *
 * <p>(Chen, Chewi, Li, Li, Salim &amp; Zhang 2023, eq. 5 and theorem 1, for which it is the scheme). Weak order 1 in the number of steps;
 * one evaluation and d normal numbers per step; starts from N(0, I) in place of q_T.
 *
 * <p>The end. The score of data on a thin set grows like 1/b(t)², so the recursion stops at a time δ &gt; 0, and a step to time 0 returns
 * the posterior mean D(X/a(δ); σ(δ)) without noise. That moves the law by at most σ(δ) √d in W₂: a draw from the posterior would be
 * exact, and the mean square distance of the mean from it is at most that of X/a, σ² d. A grid that ends at δ &gt; 0 returns X itself,
 * whose law stands for q_δ; that is the setting of the theorem.
 *
 * <p>The start. KL(q_T‖N(0, I)) ≤ ½(e^{-2T}(E‖x₀‖² - d) - d ln(1 - e^{-2T})), near E‖x₀‖²/(2σ_max²), for any data: the process assumes
 * nothing of the data's scale, but a large second moment asks for a longer horizon. For centred data it is far less, of order σ_max^{-4}.
 *
 * <p>The grid. Equal steps of t are far too long near the data, where q_t changes on the scale of t. On centred normal data with standard
 * deviations from 0 to 4, 200 steps and levels from 0.002 to 80, the output is off in W₂ by 0.022 with ρ = 7, 0.028 with equal steps of ln
 * σ and 0.33 with equal steps of t; by 0.046 with 100 steps and ρ = 7.
 */
public record ExponentialIntegrator() implements Solver {
  @Override
  public String name() {
    return "exponential";
  }

  @Override
  public Noising noising() {
    return new OrnsteinUhlenbeck();
  }

  @Override
  public int noises() {
    return 1;
  }

  @Override
  public int defaultSteps() {
    return 256;
  }

  /** The invariant law N(0, I) stands for q_T, whatever T. */
  @Override
  public double startingScale(double t) {
    Check.positive("t", t);
    return 1;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return new ExponentialWorker(denoiser, grid, noising(), Scratch.size(denoiser, rows));
  }

  private static final class ExponentialWorker implements Worker {
    private final Denoiser denoiser;
    private final TimeGrid grid;
    private final Noising noising;
    private final double[] y;
    private final double[] denoised;

    ExponentialWorker(Denoiser denoiser, TimeGrid grid, Noising noising, int size) {
      this.denoiser = denoiser;
      this.grid = grid;
      this.noising = noising;
      y = new double[size];
      denoised = new double[size];
    }

    @Override
    public void step(int k, double[] x, int rows, double[] z) {
      double s = grid.time(k);
      double t = grid.time(k + 1);
      int length = rows * denoiser.dimension();
      double a = noising.signal(s);
      for (int i = 0; i < length; i++) {
        y[i] = x[i] / a;
      }
      denoiser.denoise(y, rows, noising.sigma(s), denoised);
      if (t > 0) {
        move(x, length, s, s - t, z);
      } else {
        System.arraycopy(denoised, 0, x, 0, length);
      }
    }

    /** The recursion with ∇ log q_s(X) = (a D - X)/b² put in and sorted, so that nothing large cancels at small b. */
    private void move(double[] x, int length, double s, double h, double[] z) {
      double a = noising.signal(s);
      double b = noising.noise(s);
      double pull = 2 * StrictMath.expm1(h) / (b * b);
      double keep = StrictMath.exp(h) - pull;
      double add = pull * a;
      double fresh = Math.sqrt(StrictMath.expm1(2 * h));
      for (int i = 0; i < length; i++) {
        x[i] = keep * x[i] + add * denoised[i] + fresh * z[i];
      }
    }
  }
}
