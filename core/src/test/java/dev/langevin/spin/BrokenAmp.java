package dev.langevin.spin;

import java.util.Arrays;

/** AMP with its Onsager term multiplied: 1 is right, 0 forgets it, -1 has the wrong sign, 2 doubles it. */
final class BrokenAmp implements SilentMean {
  private final SpinGlass glass;
  private final double factor;
  private final int n;

  BrokenAmp(SpinGlass glass, double factor) {
    this.glass = glass;
    this.factor = factor;
    n = glass.spins();
  }

  @Override
  public int dimension() {
    return n;
  }

  @Override
  public void mean(double[] y, int rows, double[] m) {
    for (int r = 0; r < rows; r++) {
      one(y, r * n, m);
    }
  }

  private void one(double[] y, int at, double[] m) {
    double[] now = Arrays.copyOfRange(m, at, at + n);
    double[] before = now.clone();
    double[] field = new double[n];
    double change = 1;
    for (int k = 0; k < 25 && change > 1e-4; k++) {
      glass.model().localFields(now, field);
      double q = Spins.meanSquare(now, 0, n);
      double b = factor * glass.beta() * glass.beta() * (1 - q);
      double[] next = new double[n];
      change = 0;
      for (int i = 0; i < n; i++) {
        next[i] = Math.tanh(field[i] + y[at + i] - b * before[i]);
        change = Math.max(change, Math.abs(next[i] - now[i]));
      }
      before = now;
      now = next;
    }
    System.arraycopy(now, 0, m, at, n);
  }
}
