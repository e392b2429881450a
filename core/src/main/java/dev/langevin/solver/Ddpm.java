package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;

/**
 * Ancestral sampling of denoising diffusion probabilistic models (Ho, Jain &amp; Abbeel 2020, algorithm 2). With ᾱ = 1/(1 + σ²), β̃ = 1 - ᾱ_s/ᾱ_t for a step from
 * level s to level t, and ã = 1 - β̃,
 *
 * <p>x ← [√ᾱ_t β̃ D + √ã (1 - ᾱ_t) x]/(1 - ᾱ_s) + √v z,
 *
 * <p>no noise in the step to 0. In the variables x/√ᾱ the mean, and the smaller variance, depend on the levels alone: they are {@link Ddim} with η = 1. Weak order 1;
 * one evaluation per step. On a grid of all the chain's levels this is the chain; on fewer levels it is the chain of those (Nichol &amp; Dhariwal 2021).
 *
 * @param variance v
 */
public record Ddpm(Variance variance) implements SigmaClock {
  /** The two choices of Ho et al., section 3.2. The larger one belongs to a² + b² = 1; both have the same limit. */
  public enum Variance {
    /** (1 - ᾱ_t)/(1 - ᾱ_s) β̃: that of the posterior given x₀, right for a point mass. */
    SMALL {
      @Override
      double fresh(double s, double t) {
        return LogStep.fresh(s, t);
      }
    },
    /** β̃, right for data N(0, I). In the variables x/√ᾱ that is (s² - t²)(1 + t²)/(1 + s²). */
    LARGE {
      @Override
      double fresh(double s, double t) {
        return t > 0 ? Math.sqrt((s - t) * (s + t) * (1 + t * t) / (1 + s * s)) : 0;
      }
    };

    /** √v in the variables x/√ᾱ. */
    abstract double fresh(double s, double t);
  }

  /** With the smaller variance. */
  public Ddpm() {
    this(Variance.SMALL);
  }

  @Override
  public String name() {
    return "ddpm";
  }

  @Override
  public int noises() {
    return 1;
  }

  @Override
  public int defaultSteps() {
    return 320;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return new Multistep(denoiser, grid, plan(grid), rows);
  }

  Update[] plan(TimeGrid grid) {
    Update[] plan = new Ddim(1).plan(grid);
    for (int k = 0; k < plan.length; k++) {
      double fresh = variance.fresh(grid.time(k), grid.time(k + 1));
      plan[k] = new Update(plan[k].keep(), plan[k].weights(), fresh);
    }
    return plan;
  }
}
