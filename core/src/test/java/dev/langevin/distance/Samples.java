package dev.langevin.distance;

import dev.langevin.random.Seed;

/** Normal samples, row-major. */
final class Samples {
  private Samples() {}

  static double[] normal(int n, int d, Seed seed) {
    double[] x = new double[n * d];
    seed.random().fillGaussian(x, 0, x.length);
    return x;
  }

  static double[] normal(int n, int d, double shift, double scale, Seed seed) {
    double[] x = normal(n, d, seed);
    for (int i = 0; i < x.length; i++) {
      x[i] = shift + scale * x[i];
    }
    return x;
  }

  static double[] reversed(double[] x, int d) {
    int n = x.length / d;
    double[] y = new double[x.length];
    for (int r = 0; r < n; r++) {
      System.arraycopy(x, r * d, y, (n - 1 - r) * d, d);
    }
    return y;
  }
}
