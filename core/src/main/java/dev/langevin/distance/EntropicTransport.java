package dev.langevin.distance;

import java.util.Arrays;

/**
 * Entropic optimal transport between two samples with equal weights and cost |x - y|² (Cuturi 2013): the potentials f, g with
 *
 * <pre>
 *   P_ij = exp((f_i + g_j - |x_i - y_j|²)/ε)/(nm),   rows summing to 1/n and columns to 1/m,   cost = mean f + mean g
 * </pre>
 *
 * <p>Sinkhorn's iteration in the log domain as Schmitzer (2019) does it: the kernel holds exp of the reduced cost under the potentials so far, the iterations multiply its rows
 * and columns by factors u and v, and before these grow beyond {@value #LARGE} they are put into the potentials and the kernel is made anew. So an iteration is two products with a
 * matrix, without exp, and nothing overflows for any ε. It starts from the potentials of the cheapest partners, where each row and column of the kernel has a 1. For a
 * sample with itself f = g, and the symmetric iteration f ← (f + Tf)/2 of Feydy et al. (2019, eq. 25) needs few steps.
 *
 * <p>Holds nm numbers. Used by one thread, once.
 */
final class EntropicTransport {
  private static final double LARGE = 1e100;

  private final double[] x;
  private final RowPairs pairs;
  private final double epsilon;
  private final int n;
  private final int m;
  private final double[] f;
  private final double[] g;
  private final double[] u;
  private final double[] v;
  private final double[] kernel;
  private final double[] sums;

  EntropicTransport(double[] x, int n, double[] y, int m, int d, double epsilon) {
    this.x = x;
    this.n = n;
    this.m = m;
    this.epsilon = epsilon;
    pairs = new RowPairs(y, m, d);
    f = new double[n];
    g = new double[m];
    u = new double[n];
    v = new double[m];
    kernel = new double[n * m];
    sums = new double[m];
  }

  double[] f() {
    return f;
  }

  double[] g() {
    return g;
  }

  /** Iterates until the mean relative error of the row sums is below {@code tolerance}, or so many times. */
  void solve(int iterations, double tolerance) {
    startAtCheapest();
    renew();
    double error = Double.POSITIVE_INFINITY;
    for (int k = 0; k < iterations && error > tolerance; k++) {
      error = scaleRows(false);
      scaleColumns();
      if (tooLarge(u) || tooLarge(v)) {
        renew();
      }
    }
    absorb();
  }

  /** The same for a sample with itself, n = m. Afterwards g is f. */
  void solveSymmetric(int iterations, double tolerance) {
    renew();
    double error = Double.POSITIVE_INFINITY;
    for (int k = 0; k < iterations && error > tolerance; k++) {
      error = scaleRows(true);
      System.arraycopy(u, 0, v, 0, n);
      if (tooLarge(u)) {
        renew();
      }
    }
    absorb();
  }

  /** f_i = min_j c_ij, then g_j = min_i (c_ij - f_i): every row and column has a pair of reduced cost 0, and none below. */
  private void startAtCheapest() {
    Arrays.fill(g, Double.POSITIVE_INFINITY);
    for (int i = 0; i < n; i++) {
      pairs.squaredDistances(x, i, sums, m);
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < m; j++) {
        least = Math.min(least, sums[j]);
      }
      f[i] = least;
      for (int j = 0; j < m; j++) {
        g[j] = Math.min(g[j], sums[j] - least);
      }
    }
  }

  private static boolean tooLarge(double[] factors) {
    for (double factor : factors) {
      if (!(factor < LARGE && factor > 1 / LARGE)) {
        return true;
      }
    }
    return false;
  }

  private void absorb() {
    for (int i = 0; i < n; i++) {
      f[i] += epsilon * StrictMath.log(u[i]);
    }
    for (int j = 0; j < m; j++) {
      g[j] += epsilon * StrictMath.log(v[j]);
    }
  }

  /** Puts the factors into the potentials and computes the kernel. */
  private void renew() {
    if (u[0] != 0) {
      absorb();
    }
    Arrays.fill(u, 1);
    Arrays.fill(v, 1);
    for (int i = 0; i < n; i++) {
      pairs.squaredDistances(x, i, sums, m);
      for (int j = 0; j < m; j++) {
        kernel[i * m + j] = StrictMath.exp((f[i] + g[j] - sums[j]) / epsilon);
      }
    }
  }

  /** u_i ← 1/mean_j K_ij v_j, or half-way there on the log scale; returns by how much the rows were off. */
  private double scaleRows(boolean halfway) {
    double error = 0;
    for (int i = 0; i < n; i++) {
      double sum = Directions.dot(kernel, i * m, v, 0, m) / m;
      error += Math.abs(u[i] * sum - 1) / n;
      u[i] = halfway ? Math.sqrt(u[i] / sum) : 1 / sum;
    }
    return error;
  }

  /** v_j ← 1/mean_i K_ij u_i. */
  private void scaleColumns() {
    Arrays.fill(sums, 0);
    for (int i = 0; i < n; i++) {
      double factor = u[i] / n;
      for (int j = 0; j < m; j++) {
        sums[j] += factor * kernel[i * m + j];
      }
    }
    for (int j = 0; j < m; j++) {
      v[j] = 1 / sums[j];
    }
  }
}
