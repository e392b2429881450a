package dev.langevin.density;

import dev.langevin.math.Check;

/** x = u; log |det J| = 0. */
record Identity(int size) implements Transform {
  Identity {
    Check.atLeast("size", size, 1);
  }

  @Override
  public int free() {
    return size;
  }

  @Override
  public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
    System.arraycopy(u, uFrom, x, xFrom, size);
    return 0;
  }

  @Override
  public void pullBack(
      double[] u, int uFrom, double[] x, int xFrom, double[] xGradient, double[] uGradient) {
    System.arraycopy(xGradient, xFrom, uGradient, uFrom, size);
  }

  @Override
  public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
    System.arraycopy(x, xFrom, u, uFrom, size);
  }
}
