package dev.langevin.density;

import dev.langevin.math.Check;

/**
 * Increasing numbers: x[0] = u[0], x[k] = x[k-1] + e^u[k]; log |det J| = u[1] + … + u[n-1] (Stan Reference Manual, "Ordered
 * vector").
 */
record Ordered(int size) implements Transform {
  Ordered {
    Check.atLeast("size", size, 1);
  }

  @Override
  public int free() {
    return size;
  }

  @Override
  public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
    double previous = u[uFrom];
    double logJacobian = 0;
    x[xFrom] = previous;
    for (int k = 1; k < size; k++) {
      double step = StrictMath.exp(u[uFrom + k]);
      previous = Math.max(previous + step, Math.nextUp(previous));
      x[xFrom + k] = previous;
      logJacobian += u[uFrom + k];
    }
    return logJacobian;
  }

  @Override
  public void pullBack(
      double[] u, int uFrom, double[] x, int xFrom, double[] xGradient, double[] uGradient) {
    double above = 0; // u[k] moves x[k], x[k+1], …
    for (int k = size - 1; k > 0; k--) {
      above += xGradient[xFrom + k];
      uGradient[uFrom + k] = above * StrictMath.exp(u[uFrom + k]) + 1;
    }
    uGradient[uFrom] = above + xGradient[xFrom];
  }

  @Override
  public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
    u[uFrom] = x[xFrom];
    for (int k = 1; k < size; k++) {
      double step = x[xFrom + k] - x[xFrom + k - 1];
      if (!(step > 0)) {
        throw new IllegalArgumentException(
            "x must increase, got x["
                + (k - 1)
                + "] = "
                + x[xFrom + k - 1]
                + " and x["
                + k
                + "] = "
                + x[xFrom + k]);
      }
      u[uFrom + k] = StrictMath.log(step);
    }
  }
}
