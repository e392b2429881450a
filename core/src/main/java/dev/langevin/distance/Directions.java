package dev.langevin.distance;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/** Random directions on the sphere of R^d. */
final class Directions {
  private Directions() {}

  /**
   * Unit vectors, each uniform on the sphere, in blocks of d that are orthogonal to each other (Rowland et al. 2019): a block measures
   * every shift exactly, where independent directions leave a Monte Carlo error. Direction k's normals come from {@code seed.child(k)}.
   *
   * @return {@code count × d}, row-major
   */
  static double[] orthogonal(int count, int d, Seed seed) {
    double[] directions = new double[count * d];
    AddressedRandom random = new AddressedRandom(seed);
    for (int k = 0; k < count; k++) {
      random.moveTo(seed.child(k)).fillGaussian(directions, k * d, (k + 1) * d);
      for (int pass = 0; pass < 2; pass++) { // twice is enough (Giraud et al. 2005)
        for (int j = k - k % d; j < k; j++) {
          subtract(directions, k * d, j * d, dot(directions, k * d, directions, j * d, d), d);
        }
      }
      double norm = Math.sqrt(dot(directions, k * d, directions, k * d, d));
      for (int i = k * d; i < (k + 1) * d; i++) {
        directions[i] /= norm;
      }
    }
    return directions;
  }

  private static void subtract(double[] x, int at, int other, double factor, int d) {
    for (int i = 0; i < d; i++) {
      x[at + i] -= factor * x[other + i];
    }
  }

  /** Σ x_i y_i in four running sums: C2 never reorders a sum, so one sum would wait for itself. */
  static double dot(double[] x, int atX, double[] y, int atY, int d) {
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    int i = 0;
    for (; i + 3 < d; i += 4) {
      a += x[atX + i] * y[atY + i];
      b += x[atX + i + 1] * y[atY + i + 1];
      c += x[atX + i + 2] * y[atY + i + 2];
      e += x[atX + i + 3] * y[atY + i + 3];
    }
    for (; i < d; i++) {
      a += x[atX + i] * y[atY + i];
    }
    return a + b + (c + e);
  }
}
