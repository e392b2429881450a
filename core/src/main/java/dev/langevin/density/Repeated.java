package dev.langevin.density;

import dev.langevin.math.Check;

/** {@code times} blocks of one kind, one after the other; the Jacobian is block diagonal, so that its log determinants add up. */
record Repeated(Transform each, int times) implements Transform {
  Repeated {
    Check.atLeast("times", times, 1);
  }

  @Override
  public int free() {
    return times * each.free();
  }

  @Override
  public int size() {
    return times * each.size();
  }

  @Override
  public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
    double logJacobian = 0;
    for (int i = 0; i < times; i++) {
      logJacobian += each.constrain(u, uFrom + i * each.free(), x, xFrom + i * each.size());
    }
    return logJacobian;
  }

  @Override
  public void pullBack(
      double[] u, int uFrom, double[] x, int xFrom, double[] xGradient, double[] uGradient) {
    for (int i = 0; i < times; i++) {
      int uAt = uFrom + i * each.free();
      int xAt = xFrom + i * each.size();
      each.pullBack(u, uAt, x, xAt, xGradient, uGradient);
    }
  }

  @Override
  public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
    for (int i = 0; i < times; i++) {
      each.unconstrain(x, xFrom + i * each.size(), u, uFrom + i * each.free());
    }
  }
}
