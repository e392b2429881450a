package dev.langevin.anneal;

/**
 * The monotone cubic interpolant of increasing data (Fritsch &amp; Butland 1984: slopes at the knots are weighted harmonic means of the secants', 0 where a secant is
 * flat), so that it increases where they do.
 */
final class MonotoneCubic {
  private final double[] x;
  private final double[] y;
  private final double[] slope;

  /** Through (x_k, y_k); x strictly increasing, y not decreasing, at least two of them. */
  MonotoneCubic(double[] x, double[] y) {
    this.x = x;
    this.y = y;
    this.slope = new double[x.length];
    int last = x.length - 1;
    slope[0] = secant(0);
    slope[last] = secant(last - 1);
    for (int k = 1; k < last; k++) {
      double before = secant(k - 1);
      double after = secant(k);
      double left = x[k] - x[k - 1];
      double right = x[k + 1] - x[k];
      double whole = 3 * (left + right);
      slope[k] =
          before * after > 0
              ? whole / ((2 * right + left) / before + (right + 2 * left) / after)
              : 0;
    }
  }

  private double secant(int k) {
    return (y[k + 1] - y[k]) / (x[k + 1] - x[k]);
  }

  /** The value at a point between the first knot and the last. */
  double at(double point) {
    int k = 0;
    while (k < x.length - 2 && point > x[k + 1]) {
      k++;
    }
    double h = x[k + 1] - x[k];
    double t = (point - x[k]) / h;
    double s = 1 - t;
    return s * s * ((1 + 2 * t) * y[k] + t * h * slope[k])
        + t * t * ((3 - 2 * t) * y[k + 1] - s * h * slope[k + 1]);
  }
}
