package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;

/**
 * Heun's step from level s to level t on dx/dσ = (x - D)/σ, with its scratch arrays; to level 0, where the slope is not defined, Euler's (Karras, Aittala, Aila
 * &amp; Laine 2022, algorithm 1, whose lines are named).
 */
final class HeunStep {
  private final Denoiser denoiser;
  private final double[] denoised;
  private final double[] trial;
  private final double[] trialDenoised;

  HeunStep(Denoiser denoiser, int rows) {
    this.denoiser = denoiser;
    int size = Scratch.size(denoiser, rows);
    denoised = new double[size];
    trial = new double[size];
    trialDenoised = new double[size];
  }

  void take(double[] x, int rows, double s, double t) {
    int length = rows * denoiser.dimension();
    denoiser.denoise(x, rows, s, denoised); // line 4
    if (t > 0) {
      Euler.step(x, denoised, length, s, t, trial); // line 5
      denoiser.denoise(trial, rows, t, trialDenoised); // line 7
      average(x, length, s, t); // line 8
    } else {
      Euler.step(x, denoised, length, s, t, x);
    }
  }

  /** x + (t - s)(d + d')/2 with d = (x - D)/s and d' = (x' - D')/t. */
  private void average(double[] x, int length, double s, double t) {
    double half = 0.5 * (t - s);
    for (int i = 0; i < length; i++) {
      x[i] += half * ((x[i] - denoised[i]) / s + (trial[i] - trialDenoised[i]) / t);
    }
  }
}
