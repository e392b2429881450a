package dev.langevin.chain;

import dev.langevin.density.Density;
import dev.langevin.density.Model;

/** A chain's own model, which remembers the point at which it threw. */
final class Watched implements Density {
  private final Model model;

  Watched(Model model) {
    this.model = model;
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    try {
      return model.logDensity(x, gradient);
    } catch (RuntimeException e) {
      throw new Thrown("the log density of " + model.name(), x, e);
    }
  }

  @Override
  public double logDensity(double[] x) {
    try {
      return model.logDensity(x);
    } catch (RuntimeException e) {
      throw new Thrown("the log density of " + model.name(), x, e);
    }
  }

  /** Reports the quantities at x. */
  void report(double[] x, double[] out) {
    try {
      model.report(x, out);
    } catch (RuntimeException e) {
      throw new Thrown("the report of " + model.name(), x, e);
    }
  }

  /** An exception from the user's code, with the point that it was asked about. */
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final double[] point;

    Thrown(String what, double[] point, RuntimeException cause) {
      super(what + " threw " + cause, cause);
      this.point = point.clone();
    }

    double[] point() {
      return point;
    }
  }
}
