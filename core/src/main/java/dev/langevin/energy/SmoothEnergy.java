package dev.langevin.energy;

import dev.langevin.density.Density;

/** An energy model on R^d with ∇_x f_θ, its score: the first door's kernels sample it. */
public interface SmoothEnergy extends EnergyModel {
  /** Writes ∇_x f_θ(x) into {@code gradient} and returns f_θ(x). */
  double value(double[] theta, double[] x, double[] gradient);

  @Override
  default double value(double[] theta, double[] x) {
    return value(theta, x, new double[dimension()]);
  }

  /**
   * Adds {@code factor} · ∇_θ⟨v, ∇_x f_θ(x)⟩ to {@code out}: what score matching needs. By default a central difference of fourth order of ∇_θ f along v.
   */
  default void addMixedGradient(
      double[] theta, double[] x, double[] v, double factor, double[] out) {
    MixedGradient.add(this, theta, x, v, factor, out);
  }

  /** exp f_θ as a density, not normalised; θ is copied. */
  default Density density(double[] theta) {
    double[] fixed = theta.clone();
    return new Density() {
      @Override
      public int dimension() {
        return SmoothEnergy.this.dimension();
      }

      @Override
      public double logDensity(double[] x, double[] gradient) {
        return value(fixed, x, gradient);
      }
    };
  }
}
