package dev.langevin.density;

import dev.langevin.math.Check;

/**
 * x = bound ± e^u, each entry by itself; log |det J| = Σ u.
 *
 * @param size how many
 * @param bound finite
 * @param above whether x lies above the bound
 */
record HalfLine(int size, double bound, boolean above) implements Transform {
  HalfLine {
    Check.atLeast("size", size, 1);
    Check.finite("bound", bound);
  }

  @Override
  public int free() {
    return size;
  }

  @Override
  public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
    double logJacobian = 0;
    for (int i = 0; i < size; i++) {
      double distance = StrictMath.exp(u[uFrom + i]);
      x[xFrom + i] =
          above
              ? Math.max(bound + distance, Math.nextUp(bound))
              : Math.min(bound - distance, Math.nextDown(bound));
      logJacobian += u[uFrom + i];
    }
    return logJacobian;
  }

  @Override
  public void pullBack(
      double[] u, int uFrom, double[] x, int xFrom, double[] xGradient, double[] uGradient) {
    for (int i = 0; i < size; i++) {
      double slope = signed(StrictMath.exp(u[uFrom + i]));
      uGradient[uFrom + i] = xGradient[xFrom + i] * slope + 1;
    }
  }

  @Override
  public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
    for (int i = 0; i < size; i++) {
      double distance = signed(x[xFrom + i] - bound);
      if (!(distance > 0)) {
        throw new IllegalArgumentException(
            "x["
                + i
                + "] must be "
                + (above ? "above " : "below ")
                + bound
                + ", got "
                + x[xFrom + i]);
      }
      u[uFrom + i] = StrictMath.log(distance);
    }
  }

  private double signed(double distance) {
    return above ? distance : -distance;
  }
}
