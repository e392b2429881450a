package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.List;

/**
 * The unadjusted Langevin algorithm (Parisi 1981; Roberts &amp; Tweedie 1996): x' = x + h M⁻¹g(x) + sqrt(2h) M<sup>-1/2</sup> xi, and no
 * test. One gradient and O(d) a step.
 *
 * <p><b>Biased</b> at every step size: on a Gaussian of precision λ (in the metric's units) it has the variance 1/(λ(1 - hλ/2)), and for
 * hλ ≥ 2 none. The point of it is simplicity, and theory that bounds the bias.
 *
 * <p>A step is taken whatever its energy error; only where log density or gradient are not finite it stays (negative infinity) or is a
 * divergence (NaN, positive infinity). {@link Outcome#acceptance()} is what a Metropolis–Hastings test would have said: near 1, the bias
 * is small.
 *
 * <p>{@code new Ula(h)} keeps h, and the metric is I: it is the algorithm of the theorems, and warm-up only lets it forget its start. It is unstable
 * as soon as the target has a direction with hλ &gt; 2, which one cannot know beforehand; so {@link #defaults()} is tuned. Its warm-up
 * runs the same proposals <em>with</em> the test ({@link Mala}), since an unadjusted chain whose step size is being explored flies
 * off, and steers to acceptance 0.99, since only a small step has a small bias: on a standard Gaussian 0.99 is
 * h ≈ (0.00126/d)<sup>1/3</sup>, so variances are too large by 6 % for d = 1, 2.6 % for d = 10, 0.5 % for d = 1000, and about 2/h steps make an
 * independent draw.
 *
 * @param stepSize h, in the convention dX = grad log p dt + sqrt(2) dB; positive
 * @param tuned whether a warm-up chooses h, beginning with this one, and the metric
 */
public record Ula(double stepSize, boolean tuned) implements Sampler {
  public Ula {
    Check.positive("stepSize", stepSize);
  }

  /** Exactly this step size, and the identity metric. */
  public Ula(double stepSize) {
    this(stepSize, false);
  }

  /** A step size that the warm-up chooses; 0.1 without one. */
  public static Ula defaults() {
    return new Ula(0.1, true);
  }

  @Override
  public String name() {
    return "ula";
  }

  @Override
  public double targetAcceptance() {
    return 0.99;
  }

  @Override
  public List<Statistic> statistics() {
    return List.of(
        Statistic.LOG_DENSITY,
        Statistic.ACCEPTANCE,
        Statistic.STEP_SIZE,
        Statistic.LEAPFROGS,
        Statistic.DIVERGENT);
  }

  @Override
  public TunableKernel on(Density density) {
    return new LangevinKernel(stepSize, density, false);
  }

  @Override
  public Sampler warmup() {
    return tuned ? new Mala(stepSize) : this;
  }
}
