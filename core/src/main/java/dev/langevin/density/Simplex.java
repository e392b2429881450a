package dev.langevin.density;

import dev.langevin.math.Check;

/**
 * Positive numbers of sum 1 by breaking a stick of length 1 (Stan Reference Manual, "Unit simplex"; Betancourt 2012,
 * arXiv:1010.3436). For k = 0 … n-2, with l_0 = 1 and s the logistic function,
 *
 * <pre>
 *   v_k = u_k - log(n-1-k)          u = 0 is the centre, x = 1/n
 *   x_k = l_k s(v_k),   l_{k+1} = l_k s(-v_k),   x_{n-1} = l_{n-1}
 *   log |det J| = Σ_k log l_k + log s(v_k) + log s(-v_k)
 * </pre>
 *
 * <p>The rest of the stick is carried as a product and its logarithm as a sum: there is no 1 - Σx, and so no cancellation. The
 * gradient goes backwards through log l: with A_k = ∂(log p + log |det J|)/∂ log l_k,
 *
 * <pre>
 *   A_{n-1} = g_{n-1} x_{n-1}
 *   ∂/∂u_k = g_k x_k s(-v_k) - A_{k+1} s(v_k) + s(-v_k) - s(v_k)
 *   A_k = g_k x_k + A_{k+1} + 1
 * </pre>
 */
record Simplex(int size) implements Transform {
  Simplex {
    Check.atLeast("size", size, 2);
  }

  @Override
  public int free() {
    return size - 1;
  }

  private double shift(int k) {
    return StrictMath.log(size - 1.0 - k);
  }

  @Override
  public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
    double rest = 1;
    double logRest = 0;
    double logJacobian = 0;
    for (int k = 0; k < size - 1; k++) {
      double v = u[uFrom + k] - shift(k);
      double logAway = -LogScale.log1pExp(v);
      logJacobian += logRest + (v + logAway) + logAway; // log s(v) = v + log s(-v)
      x[xFrom + k] = Math.max(rest * LogScale.logistic(v), Double.MIN_VALUE);
      rest *= LogScale.logistic(-v);
      logRest += logAway;
    }
    x[xFrom + size - 1] = Math.max(rest, Double.MIN_VALUE);
    return logJacobian;
  }

  @Override
  public void pullBack(
      double[] u, int uFrom, double[] x, int xFrom, double[] xGradient, double[] uGradient) {
    int last = xFrom + size - 1;
    double restSlope = xGradient[last] * x[last];
    for (int k = size - 2; k >= 0; k--) {
      double v = u[uFrom + k] - shift(k);
      double taken = LogScale.logistic(v);
      double left = LogScale.logistic(-v);
      double own = xGradient[xFrom + k] * x[xFrom + k];
      uGradient[uFrom + k] = own * left - restSlope * taken + (left - taken);
      restSlope += own + 1;
    }
  }

  @Override
  public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
    requireInside(x, xFrom);
    double rest = x[xFrom + size - 1];
    for (int k = size - 2; k >= 0; k--) {
      u[uFrom + k] = StrictMath.log(x[xFrom + k]) - StrictMath.log(rest) + shift(k);
      rest += x[xFrom + k];
    }
  }

  private void requireInside(double[] x, int xFrom) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += Check.positive("x[" + k + "]", x[xFrom + k]);
    }
    if (Math.abs(sum - 1) > 1e-8) {
      throw new IllegalArgumentException("x must sum to 1, got " + sum);
    }
  }
}
