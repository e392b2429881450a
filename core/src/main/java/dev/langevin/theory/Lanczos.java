package dev.langevin.theory;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * The extreme eigenvalues of a symmetric matrix that is known by its products alone (Lanczos 1950), with full reorthogonalisation. The values
 * found lie inside the spectrum; after d steps they are the spectrum.
 *
 * @param smallest the least Ritz value
 * @param largest the greatest
 */
record Lanczos(double smallest, double largest) {
  private static final double BREAKDOWN = 1e-10;

  /** Writes A v into {@code out}. */
  @FunctionalInterface
  interface Product {
    void multiply(double[] v, double[] out);
  }

  /** At most {@code steps} products, begun in a random direction; empty values (NaN) if a product was not finite. */
  static Lanczos of(Product product, int d, int steps, RandomGenerator random) {
    int n = Math.min(d, steps);
    double[][] basis = new double[n][];
    DMatrixRMaj tridiagonal = new DMatrixRMaj(n, n);
    basis[0] = direction(basis, 0, d, random);
    double[] w = new double[d];
    double scale = 0;
    for (int k = 0; k < n; k++) {
      product.multiply(basis[k], w);
      double alpha = dot(basis[k], w);
      tridiagonal.set(k, k, alpha);
      scale = Math.max(scale, Start.norm(w));
      if (k + 1 < n) {
        orthogonalise(w, basis, k + 1);
        double beta = Start.norm(w);
        boolean stuck = !(beta > BREAKDOWN * scale);
        basis[k + 1] = stuck ? direction(basis, k + 1, d, random) : scaled(w, 1 / beta);
        tridiagonal.set(k, k + 1, stuck ? 0 : beta);
        tridiagonal.set(k + 1, k, stuck ? 0 : beta);
      }
    }
    return extremes(tridiagonal);
  }

  private static Lanczos extremes(DMatrixRMaj tridiagonal) {
    if (!Arrays.stream(tridiagonal.data).allMatch(Double::isFinite)) {
      return new Lanczos(Double.NaN, Double.NaN);
    }
    double[] values = Spectrum.of(tridiagonal).values();
    return new Lanczos(
        Arrays.stream(values).min().orElseThrow(), Arrays.stream(values).max().orElseThrow());
  }

  /** A random unit vector orthogonal to the first {@code count} of the basis. */
  private static double[] direction(double[][] basis, int count, int d, RandomGenerator random) {
    double[] v = new double[d];
    for (int i = 0; i < d; i++) {
      v[i] = random.nextGaussian();
    }
    orthogonalise(v, basis, count);
    return scaled(v, 1 / Start.norm(v));
  }

  /** Twice is enough (Parlett 1980). */
  private static void orthogonalise(double[] w, double[][] basis, int count) {
    for (int pass = 0; pass < 2; pass++) {
      for (int j = 0; j < count; j++) {
        double along = dot(basis[j], w);
        for (int i = 0; i < w.length; i++) {
          w[i] -= along * basis[j][i];
        }
      }
    }
  }

  private static double[] scaled(double[] v, double factor) {
    return Arrays.stream(v).map(entry -> entry * factor).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
