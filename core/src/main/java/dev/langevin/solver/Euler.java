package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;

/**
 * Euler's method on the probability-flow ODE in EDM variables, dx/dσ = (x - D(x; σ))/σ. It is DDIM with η = 0 (Song, Meng &amp;
 * Ermon 2021) in other variables, and of order 1 in the number of steps: the plain reference beside {@link Heun}. Deterministic
 * after its start; one evaluation per step.
 */
public record Euler() implements ProbabilityFlow {
  @Override
  public String name() {
    return "euler";
  }

  @Override
  public int defaultSteps() {
    return 150;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    double[] denoised = new double[Scratch.size(denoiser, rows)];
    return (k, x, n, z) -> {
      denoiser.denoise(x, n, grid.time(k), denoised);
      step(x, denoised, n * denoiser.dimension(), grid.time(k), grid.time(k + 1), x);
    };
  }

  /** x + (t - s)(x - D)/s, written so that t = 0 gives D exactly. */
  static void step(double[] x, double[] denoised, int length, double s, double t, double[] out) {
    double keep = t / s;
    double move = (s - t) / s;
    for (int i = 0; i < length; i++) {
      out[i] = keep * x[i] + move * denoised[i];
    }
  }
}
