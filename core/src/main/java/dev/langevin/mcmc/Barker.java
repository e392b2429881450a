package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.List;

/**
 * The Barker proposal (Livingstone &amp; Zanella 2022): in each of the metric's coordinates a move z_i ~ N(0, s²) keeps its sign
 * with probability 1/(1 + exp(-z_i G_i(x))) and turns it otherwise, G = Sᵀ∇log p; then y = x + S z with these z_i, accepted with probability
 *
 * <pre>
 *   min(1, p(y)/p(x) · Π_i (1 + exp(-z_i G_i(x))) / (1 + exp(z_i G_i(y)))).
 * </pre>
 *
 * Exact. One gradient and O(d) a step, beside the metric.
 *
 * <p>The gradient chooses the side of a move and never its length. So a step size too large, a steep wall or a heavy gradient costs acceptance, where
 * {@link Mala} is thrown far out and stays.
 *
 * <p>With a diagonal metric the signs are those of the coordinates themselves; with a low-rank or dense one they are chosen along the whitened axes.
 *
 * <p>Tuned to acceptance 0.4, optimal in high dimension, where s² ~ d<sup>-1/3</sup> (Vogrinc, Livingstone &amp; Zanella 2023).
 *
 * @param stepSize s, the standard deviation of a move in the metric's units; positive
 */
public record Barker(double stepSize) implements Sampler {
  public Barker {
    Check.positive("stepSize", stepSize);
  }

  /** Step size 1, where a warm-up begins to search. */
  public static Barker defaults() {
    return new Barker(1);
  }

  @Override
  public String name() {
    return "barker";
  }

  @Override
  public double targetAcceptance() {
    return 0.4;
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
    return new BarkerKernel(stepSize, density);
  }
}
