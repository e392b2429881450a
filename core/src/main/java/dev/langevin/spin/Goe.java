package dev.langevin.spin;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/** The Gaussian orthogonal ensemble in the spin-glass scale: symmetric, N(0, 1/n) off the diagonal, N(0, 2/n) on it; spectrum → [-2, 2]. */
final class Goe {
  private Goe() {}

  /** A fresh matrix, {@code n × n}; row i of the lower triangle reads from {@code seed.child(i)}. */
  static double[] draw(int n, Seed seed) {
    double[] w = new double[Math.multiplyExact(n, n)];
    AddressedRandom random = seed.random();
    double scale = 1 / Math.sqrt(n);
    for (int i = 0; i < n; i++) {
      random.moveTo(seed.child(i));
      for (int j = 0; j < i; j++) {
        double entry = scale * random.nextGaussian();
        w[i * n + j] = entry;
        w[j * n + i] = entry;
      }
      w[i * n + i] = scale * Math.sqrt(2) * random.nextGaussian();
    }
    return w;
  }
}
