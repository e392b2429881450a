package dev.langevin.density;

import java.util.Arrays;
import java.util.List;

/** A {@link ConstrainedDensity} carried to R^d; see {@link Parameters#model}. */
final class ConstrainedModel implements Model {
  private final String name;
  private final Parameters parameters;
  private final ConstrainedDensity density;
  private final List<Derived> derived;
  private final List<String> outputs;

  private final double[] x; // scratch
  private final double[] xGradient; // scratch
  private final double[] uGradient; // scratch

  ConstrainedModel(
      String name,
      Parameters parameters,
      ConstrainedDensity density,
      List<Derived> derived,
      List<String> outputs) {
    this.name = name;
    this.parameters = parameters;
    this.density = density;
    this.derived = derived;
    this.outputs = outputs;
    this.x = new double[parameters.size()];
    this.xGradient = new double[parameters.size()];
    this.uGradient = new double[parameters.dimension()];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return parameters.dimension();
  }

  @Override
  public List<String> outputs() {
    return outputs;
  }

  @Override
  public String coordinate(int index) {
    return parameters.coordinate(index);
  }

  @Override
  public double logDensity(double[] u, double[] gradient) {
    double logJacobian = parameters.constrain(u, x);
    if (overflows()) {
      return Double.NEGATIVE_INFINITY;
    }
    Arrays.fill(xGradient, 0);
    double logDensity = density.logDensity(x, xGradient);
    if (logDensity == Double.NEGATIVE_INFINITY) {
      return logDensity;
    }
    parameters.pullBack(u, x, xGradient, gradient);
    return logDensity + logJacobian;
  }

  /** Beyond 1.8e308 a parameter has no value to evaluate the density at. */
  private boolean overflows() {
    for (double value : x) {
      if (Double.isInfinite(value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public double logDensity(double[] u) {
    return logDensity(u, uGradient);
  }

  @Override
  public void report(double[] u, double[] out) {
    double[] values = parameters.constrain(u);
    System.arraycopy(values, 0, out, 0, values.length);
    int at = values.length;
    for (Derived one : derived) {
      double[] computed = new double[one.names().size()];
      one.rule().derive(values, computed);
      System.arraycopy(computed, 0, out, at, computed.length);
      at += computed.length;
    }
  }

  @Override
  public Model fork() {
    return new ConstrainedModel(name, parameters, density.fork(), derived, outputs);
  }
}
