package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;

/**
 * EDM's stochastic sampler (Karras, Aittala, Aila &amp; Laine 2022, algorithm 2): before each step of {@link Heun} the noise level is raised by fresh noise,
 *
 * <p>ŝ = s (1 + γ), x̂ = x + √(ŝ² - s²) S_noise z, γ = min(S_churn/N, √2 - 1) where S_tmin ≤ s ≤ S_tmax, else 0,
 *
 * <p>and the step leads from ŝ to t. Without churn it is {@link Heun}, to the bit. With it the start's error, and a part of the earlier steps', is forgotten on the way. Order 2 in
 * the number of steps against the same noising followed by the exact flow, which keeps the law of x₀ + σz when S_noise = 1; 2N - 1 evaluations.
 *
 * @param churn S_churn, zero or positive, shared out over the N steps
 * @param minimum S_tmin, zero or positive
 * @param maximum S_tmax, at least {@code minimum}; may be infinite
 * @param inflation S_noise, positive; 1 for an exact denoiser, a little more against one that removes too much (Karras et al.: 1.003 to 1.007)
 */
public record EdmStochastic(double churn, double minimum, double maximum, double inflation)
    implements SigmaClock {
  private static final double MOST = Math.sqrt(2) - 1;

  public EdmStochastic {
    Check.notNegative("churn", churn);
    Check.notNegative("minimum", minimum);
    Check.positive("inflation", inflation);
    if (!(maximum >= minimum)) {
      throw new IllegalArgumentException(
          "maximum must be at least minimum = " + minimum + ", got " + maximum);
    }
  }

  /** With the churn of Karras et al. for ImageNet at 64 × 64, S_churn = 40 in 0.05 … 50, and no inflation. */
  public EdmStochastic() {
    this(40, 0.05, 50, 1);
  }

  @Override
  public String name() {
    return "edm-stochastic";
  }

  @Override
  public int noises() {
    return churn > 0 ? 1 : 0;
  }

  @Override
  public int defaultSteps() {
    return 80;
  }

  @Override
  public int evaluations(TimeGrid grid, int k) {
    return grid.time(k + 1) > 0 ? 2 : 1;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    HeunStep step = new HeunStep(denoiser, rows);
    return (k, x, n, z) -> {
      double s = grid.time(k);
      double raise = raise(s, grid.steps());
      if (raise > 0) {
        churn(x, n * denoiser.dimension(), inflation * s * Math.sqrt(raise * (2 + raise)), z);
      }
      step.take(x, n, s * (1 + raise), grid.time(k + 1));
    };
  }

  /** γ. */
  private double raise(double s, int steps) {
    return minimum <= s && s <= maximum ? Math.min(churn / steps, MOST) : 0;
  }

  private static void churn(double[] x, int length, double fresh, double[] z) {
    for (int i = 0; i < length; i++) {
      x[i] += fresh * z[i];
    }
  }
}
