package dev.langevin.energy;

/** ∇_θ⟨v, ∇_x f⟩ = d/dh ∇_θ f(x + hv) at h = 0, by a central difference of fourth order. */
final class MixedGradient {
  private static final double STEP = 1e-3; // of x: rounding 1e-13 and h⁴ = 1e-12 are alike

  private MixedGradient() {}

  static void add(
      EnergyModel model, double[] theta, double[] x, double[] v, double factor, double[] out) {
    double length = 0;
    for (double component : v) {
      length += component * component;
    }
    if (length == 0) {
      return;
    }
    double h = STEP / Math.sqrt(length);
    double[] moved = new double[x.length];
    double[] places = {-2, -1, 1, 2};
    double[] coefficients = {1, -8, 8, -1};
    for (int k = 0; k < 4; k++) {
      for (int i = 0; i < x.length; i++) {
        moved[i] = x[i] + places[k] * h * v[i];
      }
      model.addGradient(theta, moved, factor * coefficients[k] / (12 * h), out);
    }
  }
}
