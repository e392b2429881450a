package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;

/**
 * The probability-flow ODE in EDM variables, dx/dσ = (x - D(x; σ))/σ, to a tolerance: Dormand &amp; Prince's pair 5(4) (1980) with steps chosen by Hairer, Nørsett &amp;
 * Wanner's PI control (1993), as Song et al. (2021) use RK45. The levels of the grid are only where it must stop: one step of the grid, from σ_max to σ_min, is enough, and
 * the step to σ = 0 gives D(x; σ_min) as in {@link Heun}.
 *
 * <p>Every row chooses its own steps and is moved alone, so that its bytes depend neither on its batch nor on the thread. The price is a denoiser that is asked for one row at a time:
 * an exact denoiser does not mind, a network that is efficient in batches does. How often the denoiser is called is known only afterwards ({@link #adaptive()}).
 *
 * <p>The tolerance is that of a step. Where the path ends after all of them is off by, measured from 80 to 0.002 with both tolerances equal, over 200 rows, in tolerances:
 *
 * <table>
 *   <caption>Largest coordinate's error at the end over the tolerance</caption>
 *   <tr><th>tolerance</th><th>2 modes: median, worst row</th><th>25 modes</th><th>normal, 64 coordinates</th></tr>
 *   <tr><td>10⁻³</td><td>1.1, 58</td><td>2.9, 205</td><td>3.2, 4.8</td></tr>
 *   <tr><td>10⁻⁴</td><td>1.6, 100</td><td>2.2, 81</td><td>6.3, 7.8</td></tr>
 *   <tr><td>10⁻⁵</td><td>1.8, 12</td><td>3.5, 113</td><td>43, 53</td></tr>
 *   <tr><td>10⁻⁶</td><td>0.9, 18</td><td>1.6, 73</td><td>12, 14</td></tr>
 *   <tr><td>10⁻⁷</td><td>1.0, 5.3</td><td>1.3, 37</td><td>13, 16</td></tr>
 *   <tr><td>10⁻⁸</td><td>0.8, 6.4</td><td>1.0, 20</td><td>8.1, 9.6</td></tr>
 *   <tr><td>10⁻⁹</td><td>0.7, 4.0</td><td>0.8, 7.3</td><td>4.7, 5.6</td></tr>
 * </table>
 *
 * <p>The worst rows pass between modes, where the flow spreads paths apart. For a promise at the end ask for two digits more.
 *
 * <p>A row whose steps become too small, or more than {@link #LIMIT}, stops the run with an {@link ArithmeticException}: the field is not smooth at this tolerance.
 *
 * @param relativeTolerance of every step, relative to |x|; zero or positive
 * @param absoluteTolerance of every step, in units of the data; positive
 */
public record AdaptiveRungeKutta(double relativeTolerance, double absoluteTolerance)
    implements ProbabilityFlow {
  /** The most steps between two levels of the grid. */
  public static final int LIMIT = 100_000;

  public AdaptiveRungeKutta {
    Check.notNegative("relativeTolerance", relativeTolerance);
    Check.positive("absoluteTolerance", absoluteTolerance);
  }

  /** Both tolerances 10⁻⁵, as Song et al. */
  public AdaptiveRungeKutta() {
    this(1e-5, 1e-5);
  }

  @Override
  public String name() {
    return "adaptive-rk";
  }

  @Override
  public boolean adaptive() {
    return true;
  }

  /** Two: down to σ_min, and the posterior mean. */
  @Override
  public int defaultSteps() {
    return 2;
  }

  @Override
  public Spacing spacing() {
    return new Spacing.LogSnr();
  }

  /**
   * A guess. Measured on two mixtures and a normal law of 64 coordinates from 80 to 0.002, both tolerances equal: 84 to 88 a row at 10⁻³, 140 to 165 at 10⁻⁵, 243 to 276 at 10⁻⁷, 435 to
   * 490 at 10⁻⁹.
   */
  @Override
  public int evaluations(TimeGrid grid, int k) {
    if (grid.time(k + 1) == 0) {
      return 1;
    }
    double tolerance = Math.max(relativeTolerance, absoluteTolerance);
    double span = StrictMath.log(grid.time(k) / grid.time(k + 1));
    return (int) Math.min(6.0 * LIMIT, 2 + 13.5 * span * StrictMath.pow(1e-5 / tolerance, 0.13));
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    Check.atLeast("rows", rows, 1);
    int d = denoiser.dimension();
    double[] row = new double[d];
    double[] denoised = new double[d];
    DormandPrince pair = new DormandPrince(d, relativeTolerance, absoluteTolerance, LIMIT);
    DormandPrince.Slope slope =
        (sigma, y, out) -> {
          denoiser.denoise(y, 1, sigma, denoised);
          for (int i = 0; i < d; i++) {
            out[i] = (y[i] - denoised[i]) / sigma;
          }
        };
    return (k, x, n, z) -> {
      double s = grid.time(k);
      double t = grid.time(k + 1);
      for (int r = 0; r < n; r++) {
        if (denoiser instanceof WatchedDenoiser watched) {
          watched.alone(r);
        }
        System.arraycopy(x, r * d, row, 0, d);
        if (t > 0) {
          pair.integrate(slope, s, t, row);
          System.arraycopy(row, 0, x, r * d, d);
        } else {
          denoiser.denoise(row, 1, s, denoised);
          System.arraycopy(denoised, 0, x, r * d, d);
        }
      }
    };
  }
}
