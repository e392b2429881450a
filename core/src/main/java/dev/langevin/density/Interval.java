package dev.langevin.density;

import dev.langevin.math.Check;

/**
 * x = lower + (upper - lower) s(u) with s(u) = 1/(1 + e^-u), each entry by itself. With e = e^-|u|:
 *
 * <pre>
 *   s(-|u|) = e/(1 + e)                              distance to the nearer bound, in units of the width
 *   log ∂x/∂u = log(width) - |u| - 2 log(1 + e)      since s (1-s) = e/(1 + e)²
 *   ∂ log(∂x/∂u)/∂u = 1 - 2 s(u) = -tanh(u/2)
 * </pre>
 */
record Interval(int size, double lower, double upper) implements Transform {
  Interval {
    Check.atLeast("size", size, 1);
    Check.finite("lower", lower);
    Check.finite("upper", upper);
    Check.positive("upper - lower", upper - lower);
  }

  @Override
  public int free() {
    return size;
  }

  @Override
  public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
    double width = upper - lower;
    double logWidth = StrictMath.log(width);
    double logJacobian = 0;
    for (int i = 0; i < size; i++) {
      double v = u[uFrom + i];
      double e = StrictMath.exp(-Math.abs(v));
      double near = width * (e / (1 + e));
      double unbounded = v < 0 ? lower + near : upper - near;
      x[xFrom + i] = Math.min(Math.max(unbounded, Math.nextUp(lower)), Math.nextDown(upper));
      logJacobian += logWidth - Math.abs(v) - 2 * StrictMath.log1p(e);
    }
    return logJacobian;
  }

  @Override
  public void pullBack(
      double[] u, int uFrom, double[] x, int xFrom, double[] xGradient, double[] uGradient) {
    double width = upper - lower;
    for (int i = 0; i < size; i++) {
      double v = u[uFrom + i];
      double e = StrictMath.exp(-Math.abs(v));
      double slope = width * (e / ((1 + e) * (1 + e)));
      double tanh = Math.copySign((1 - e) / (1 + e), v);
      uGradient[uFrom + i] = xGradient[xFrom + i] * slope - tanh;
    }
  }

  @Override
  public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
    for (int i = 0; i < size; i++) {
      double v = x[xFrom + i];
      Check.inside("x[" + i + "]", v, lower, upper);
      u[uFrom + i] = StrictMath.log(v - lower) - StrictMath.log(upper - v);
    }
  }
}
