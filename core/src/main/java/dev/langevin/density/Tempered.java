package dev.langevin.density;

import dev.langevin.math.Check;

/**
 * The Gibbs distribution at inverse temperature β, p_β ∝ p^β = exp(-β V): hotter than p for β &lt; 1, flatter between modes; colder for β &gt; 1, and
 * in the limit all of it at the minimisers of V. With it the Langevin step x - h ∇V + sqrt(2h/β) xi of the optimisers is {@code Ula} at step
 * h/β. One evaluation of p and O(d) an evaluation.
 *
 * <p>Where p has heavy tails, p^β need not be proper for a small β.
 */
public final class Tempered implements Density {
  private final Density density;
  private final double beta;

  /**
   * A density at an inverse temperature.
   *
   * @param density p, up to a constant
   * @param beta β; positive
   */
  public Tempered(Density density, double beta) {
    this.density = density;
    this.beta = Check.positive("beta", beta);
  }

  /** β. */
  public double beta() {
    return beta;
  }

  @Override
  public int dimension() {
    return density.dimension();
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double logDensity = density.logDensity(x, gradient);
    for (int i = 0; i < x.length; i++) {
      gradient[i] *= beta;
    }
    return beta * logDensity;
  }

  @Override
  public double logDensity(double[] x) {
    return beta * density.logDensity(x);
  }

  @Override
  public Tempered fork() {
    return new Tempered(density.fork(), beta);
  }
}
