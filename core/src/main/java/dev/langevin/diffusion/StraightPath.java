package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * The straight path from data to noise, x_t = (1 - t)x₀ + t z, of flow matching and rectified flow (Lipman et al. 2023; Liu, Gong &amp; Liu 2023; some papers count time the other way):
 * σ = t/(1 - t). At time 1 no signal is left, a = 0 and σ = ∞: a run starts before, at the time σ_max/(1 + σ_max).
 */
public record StraightPath() implements Noising {
  @Override
  public double end() {
    return 1;
  }

  @Override
  public double signal(double t) {
    return 1 - TimeRescaled.within(t, 1);
  }

  @Override
  public double noise(double t) {
    return TimeRescaled.within(t, 1);
  }

  /** -1/(1 - t). */
  @Override
  public double drift(double t) {
    return -1 / signal(t);
  }

  /** 2t/(1 - t). */
  @Override
  public double diffusion(double t) {
    return 2 * t / signal(t);
  }

  /** σ/(1 + σ). */
  @Override
  public double time(double sigma) {
    return Check.notNegative("sigma", sigma) / (1 + sigma);
  }
}
