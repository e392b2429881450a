package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;

/**
 * Sampling from a consistency function (Song, Dhariwal, Chen &amp; Sutskever 2023, algorithm 1): f(x; σ) leads from any point of a path of the probability-flow ODE to
 * its end at σ_min, so one evaluation is a whole run. A further step noises the result and leads it back,
 *
 * <p>x ← f(x; s) + √(t² - σ_min²) z, and nothing added where the grid ends.
 *
 * <p>What it is placed on must be such a function, which only looks like a {@link Denoiser}: rows and a level in, rows out. On a posterior mean it would return means of
 * means; so it is not in {@link Solver#menu()}. From the exact f every number of steps gives the law of the data with noise σ_min, up to the start: N(0, σ_max²I)
 * stands for the law at σ_max. With a learned f more steps pay until their own noise does harm.
 *
 * @param sigmaMin σ_min, where f is the identity; positive
 */
public record Consistency(double sigmaMin) implements SigmaClock {
  public Consistency {
    Check.positive("sigmaMin", sigmaMin);
  }

  /** With EDM's last level, 0.002. */
  public Consistency() {
    this(0.002);
  }

  @Override
  public String name() {
    return "consistency";
  }

  @Override
  public int noises() {
    return 1;
  }

  @Override
  public int noises(TimeGrid grid, int k) {
    return grid.time(k + 1) > sigmaMin ? 1 : 0;
  }

  /** Two: from the exact function one would do. */
  @Override
  public int defaultSteps() {
    return 2;
  }

  @Override
  public Spacing spacing() {
    return new Levels(7);
  }

  @Override
  public Worker on(Denoiser function, TimeGrid grid, int rows) {
    double[] end = new double[Scratch.size(function, rows)];
    return (k, x, n, z) -> {
      function.denoise(x, n, grid.time(k), end); // lines 2 and 6
      double t = grid.time(k + 1);
      double fresh = t > sigmaMin ? Math.sqrt((t - sigmaMin) * (t + sigmaMin)) : 0;
      for (int i = 0; i < n * function.dimension(); i++) {
        x[i] = fresh > 0 ? end[i] + fresh * z[i] : end[i]; // line 5
      }
    };
  }

  /**
   * The levels that a step starts from: EDM's of N + 1 steps without σ_min, where there is nothing to do. For N = 1 it is σ_max alone, for 2 and EDM's ends 80 and 2.5.
   *
   * @param rho positive, see {@link Spacing.Karras}
   */
  public record Levels(double rho) implements Spacing {
    public Levels {
      Check.positive("rho", rho);
    }

    @Override
    public String name() {
      return "above-floor";
    }

    /** N levels, none of them σ_min, and 0. */
    @Override
    public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
      double[] all = TimeGrid.karras(steps + 1, sigmaMin, sigmaMax, rho).times();
      double[] above = new double[steps + 1];
      System.arraycopy(all, 0, above, 0, steps);
      return new TimeGrid(above);
    }
  }
}
