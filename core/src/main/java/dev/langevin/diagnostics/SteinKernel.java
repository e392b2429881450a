package dev.langevin.diagnostics;

/**
 * The Stein kernel of points with their scores, for the inverse multiquadric k(x, y) = (c² + |x - y|²)^(-1/2) in scaled coordinates
 * (Gorham &amp; Mackey 2017, eq. 6; a Gaussian kernel would miss draws that run away). With r = x - y, q = c² + |r|², s the score,
 *
 * <pre>
 *   h(x, y) = d q^(-3/2) - 3 |r|² q^(-5/2) + (s(x) - s(y))·r q^(-3/2) + s(x)·s(y) q^(-1/2),
 * </pre>
 *
 * which has mean 0 in x for every y if x has that score. c² = d, since |r|² grows like 2d: with c = 1 the power was lost in high
 * dimension.
 */
final class SteinKernel {
  private final double[][] x;
  private final double[][] s;
  private final double offset;

  /**
   * Of {@code n} points.
   *
   * @param points {@code [point][coordinate]}
   * @param scores {@code [point][coordinate]}
   * @param scale the unit of each coordinate, positive
   */
  SteinKernel(double[][] points, double[][] scores, double[] scale) {
    this(points, scores, scale, scale.length);
  }

  SteinKernel(double[][] points, double[][] scores, double[] scale, double offset) {
    this.offset = offset;
    this.x = new double[points.length][scale.length];
    this.s = new double[points.length][scale.length];
    for (int n = 0; n < points.length; n++) {
      for (int i = 0; i < scale.length; i++) {
        x[n][i] = points[n][i] / scale[i];
        s[n][i] = scores[n][i] * scale[i];
      }
    }
  }

  /** h of two of the points. O(d). */
  double at(int a, int b) {
    double distance = 0;
    double along = 0;
    double product = 0;
    for (int i = 0; i < x[a].length; i++) {
      double r = x[a][i] - x[b][i];
      distance += r * r;
      along += (s[a][i] - s[b][i]) * r;
      product += s[a][i] * s[b][i];
    }
    double q = 1 / (offset + distance);
    double k = Math.sqrt(q);
    return k * (q * (x[a].length - 3 * distance * q + along) + product);
  }

  /** The lower triangle without the diagonal: row a has h(a, b) for b &lt; a. O(n² d). */
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

  /** Σ h(a, a). */
  double trace() {
    double sum = 0;
    for (int a = 0; a < x.length; a++) {
      sum += at(a, a);
    }
    return sum;
  }
}
