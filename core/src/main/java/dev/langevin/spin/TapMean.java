package dev.langevin.spin;

import dev.langevin.math.Check;

/**
 * The mean of a tilted spin glass by {@link Amp}, then {@link TapPolish}: the drift of El Alaoui, Montanari &amp; Sellke (2022), algorithm 1.
 * The residual that it reports is the root mean square of ∂F/∂u, the TAP gradient where it stopped; without a polish (0 steps) that of AMP.
 *
 * @param amp the iteration
 * @param polish the descent after it
 */
public record TapMean(Amp amp, TapPolish polish) {
  /** At most 100 iterations and 50 steps of ½, both to 10<sup>-4</sup>; at β = 0.5 along localisation that takes 4.7 iterations per mean. */
  public static TapMean standard() {
    return new TapMean(new Amp(100, 1e-4), new TapPolish(50, 0.5, 1e-4));
  }

  /**
   * The worker for batches of at most {@code rows}.
   *
   * @param glass the model without the tilt; not copied
   * @param rows at least 1
   */
  public TiltedMean on(SpinGlass glass, int rows) {
    Check.atLeast("rows", rows, 1);
    return polish.steps() == 0 ? amp.on(glass, rows) : new Worker(this, glass, rows);
  }

  private static final class Worker implements TiltedMean {
    private final Amp.Worker amp;
    private final TapPolish.Worker polish;
    private final double tolerance;

    Worker(TapMean recipe, SpinGlass glass, int rows) {
      amp = new Amp.Worker(recipe.amp, glass, rows);
      polish = new TapPolish.Worker(recipe.polish, glass, rows);
      tolerance = recipe.polish.tolerance();
    }

    @Override
    public int dimension() {
      return amp.dimension();
    }

    @Override
    public void mean(double[] y, int rows, double[] m) {
      amp.mean(y, rows, m);
      polish.polish(y, rows, amp.fields(), m);
    }

    @Override
    public int iterations(int row) {
      return amp.iterations(row) + polish.steps(row);
    }

    @Override
    public boolean converged(int row) {
      return polish.norm(row) <= tolerance;
    }

    @Override
    public double residual(int row) {
      return polish.norm(row);
    }
  }
}
