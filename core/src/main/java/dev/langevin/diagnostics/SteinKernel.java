package dev.langevin.diagnostics;

/**
 * The Stein kernel of points with their scores. With r = x - y, s the score and k(q) = (1 + q)^(-1/2) the inverse multiquadric (Gorham &amp;
 * Mackey 2017, eq. 6; a Gaussian kernel would miss draws that run away), in scaled coordinates,
 *
 * <pre>
 *   h(x, y)   = d k³ - 3 |r|² k⁵ + (s(x) - s(y))·r k³ + s(x)·s(y) k         k = k(|r|²)      all coordinates together
 *   h_i(x, y) = k³ - 3 r_i² k⁵ + (s_i(x) - s_i(y)) r_i k³ + s_i(x) s_i(y) k   k = k(r_i²)      one coordinate
 * </pre>
 *
 * <p>each of which has mean 0 in x for every y if x has that score. The kernel used is h + Σ_i h_i. The first sees dependence between coordinates, but of
 * the shape of a coordinate it sees ever less as d grows: 1000 draws uniform in place of normal stand out by
 * 27, 21, 10 and 0 standard deviations for d = 1, 2, 5 and 20. With the sum it is 26, 29, 50 and 97.
 */
final class SteinKernel {
  private final double[][] x;
  private final double[][] s;

  /**
   * Of {@code n} points.
   *
   * @param points {@code [point][coordinate]}
   * @param scores {@code [point][coordinate]}
   * @param scale the unit of each coordinate, positive
   */
  SteinKernel(double[][] points, double[][] scores, double[] scale) {
    this.x = new double[points.length][scale.length];
    this.s = new double[points.length][scale.length];
    for (int n = 0; n < points.length; n++) {
      for (int i = 0; i < scale.length; i++) {
        x[n][i] = points[n][i] / scale[i];
        s[n][i] = scores[n][i] * scale[i];
      }
    }
  }

  /** The kernel of two of the points. O(d). */
  double at(int a, int b) {
    double distance = 0;
    double along = 0;
    double product = 0;
    double single = 0;
    for (int i = 0; i < x[a].length; i++) {
      double r = x[a][i] - x[b][i];
      double force = (s[a][i] - s[b][i]) * r;
      double both = s[a][i] * s[b][i];
      single += stein(1, r * r, force, both);
      distance += r * r;
      along += force;
      product += both;
    }
    return stein(x[a].length, distance, along, product) + single;
  }

  private static double stein(int d, double distance, double along, double product) {
    double q = 1 / (1 + distance); // k²
    return Math.sqrt(q) * (q * (d - 3 * distance * q + along) + product);
  }

  /** The lower triangle without the diagonal: row a has the kernel of a and b for b &lt; a. O(n² d). */
  double[][] triangle() {
    double[][] rows = new double[x.length][];
    for (int a = 0; a < rows.length; a++) {
      rows[a] = new double[a];
      for (int b = 0; b < a; b++) {
        rows[a][b] = at(a, b);
      }
    }
    return rows;
  }

  /** The sum of the diagonal. */
  double trace() {
    double sum = 0;
    for (int a = 0; a < x.length; a++) {
      sum += at(a, a);
    }
    return sum;
  }
}
