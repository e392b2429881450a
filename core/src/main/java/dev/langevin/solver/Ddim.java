package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;

/**
 * Denoising diffusion implicit models (Song, Meng &amp; Ermon 2021, eq. 12 and 16). A step from level s to level t takes the noise out, and puts a part of it back
 * and a part of it anew:
 *
 * <p>x ← D + √(t² - ς²) (x - D)/s + ς z, ς = η (t/s) √(s² - t²)
 *
 * <p>in the variables x/a, where the signal scale a of the process drops out. η = 0 is Euler's method on the probability-flow ODE ({@link Euler}). η = 1 draws
 * from the posterior of x_t given x_s and x₀ = D; so it is DDPM's ancestral sampling with the smaller variance ({@link Ddpm}), Euler-ancestral of Karras's
 * k-diffusion, and the first-order SDE-DPM-Solver++, all of which are this one recursion. Order 1, weak where there is noise; one evaluation per step.
 *
 * <p>The clock is σ, so a step leads to the next level of the grid whatever the spacing. (diffusers steps to t - T/N and so to other levels than it visits,
 * unless the spacing is its own {@code leading}.) The start is N(0, σ_max² I); see {@link UnitStart}.
 *
 * @param eta η, from 0 to 1
 */
public record Ddim(double eta) implements SigmaClock {
  public Ddim {
    if (!(eta >= 0 && eta <= 1)) {
      throw new IllegalArgumentException("eta must be between 0 and 1, got " + eta);
    }
  }

  /** Deterministic, η = 0. */
  public Ddim() {
    this(0);
  }

  @Override
  public String name() {
    return "ddim";
  }

  @Override
  public int noises() {
    return eta > 0 ? 1 : 0;
  }

  @Override
  public int defaultSteps() {
    return 150;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return new Multistep(denoiser, grid, plan(grid), rows);
  }

  Update[] plan(TimeGrid grid) {
    Update[] plan = new Update[grid.steps()];
    for (int k = 0; k < plan.length; k++) {
      plan[k] = update(grid.time(k), grid.time(k + 1));
    }
    return plan;
  }

  /** With q = √(t² - ς²)/s: q x + (1 - q) D + ς z; 1 - q without cancellation. */
  Update update(double s, double t) {
    double fresh = eta * LogStep.fresh(s, t);
    double square = (t - fresh) * (t + fresh) / s / s;
    double keep = Math.sqrt(square);
    double away = ((s - t) * (s + t) + fresh * fresh) / s / s; // 1 - q²
    return new Update(keep, new double[] {away / (1 + keep)}, fresh);
  }
}
