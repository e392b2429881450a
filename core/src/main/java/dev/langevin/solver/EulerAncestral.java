package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;

/**
 * Euler-ancestral, by the name it has in k-diffusion and diffusers: Euler's step to σ_down, then noise of standard deviation σ_up, σ_up² = t²(s² - t²)/s² and
 * σ_down² = t² - σ_up². That is {@link Ddim} with η = 1, in every digit that counts, and this is it.
 */
public record EulerAncestral() implements SigmaClock {
  @Override
  public String name() {
    return "euler-ancestral";
  }

  @Override
  public int noises() {
    return 1;
  }

  @Override
  public int defaultSteps() {
    return new Ddpm().defaultSteps();
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return new Ddim(1).on(denoiser, grid, rows);
  }
}
