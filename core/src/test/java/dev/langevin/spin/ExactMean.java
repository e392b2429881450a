package dev.langevin.spin;

import dev.langevin.density.BinaryPairwise;

/** The mean of a tilted model by summing over its 2^n states: the oracle that separates localisation's error from AMP's. */
final class ExactMean implements SilentMean {
  private final int n;
  private final double[] weights;
  private final double[] tilted;

  ExactMean(BinaryPairwise model) {
    n = model.dimension();
    weights = new double[1 << n];
    tilted = new double[1 << n];
    double[] x = new double[n];
    for (int s = 0; s < weights.length; s++) {
      for (int i = 0; i < n; i++) {
        x[i] = (s >> i & 1) == 1 ? 1 : -1;
      }
      weights[s] = Math.exp(model.logDensity(x));
    }
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
    tilted[0] = 1;
    for (int i = 0; i < n; i++) {
      double up = StrictMath.exp(y[at + i]);
      int half = 1 << i;
      for (int s = 0; s < half; s++) {
        tilted[half + s] = tilted[s] * up;
        tilted[s] /= up;
      }
      m[at + i] = 0;
    }
    double total = 0;
    for (int s = 0; s < weights.length; s++) {
      double w = weights[s] * tilted[s];
      total += w;
      for (int i = 0; i < n; i++) {
        m[at + i] += (s >> i & 1) == 1 ? w : -w;
      }
    }
    for (int i = 0; i < n; i++) {
      m[at + i] /= total;
    }
  }
}
