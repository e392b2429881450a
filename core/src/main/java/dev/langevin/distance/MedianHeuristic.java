package dev.langevin.distance;

import java.util.Arrays;

/** The scale of two samples taken together: the median squared distance of their rows (Gretton et al. 2012, section 8). */
final class MedianHeuristic {
  private static final int MOST = 500; // rows of each sample

  private MedianHeuristic() {}

  /**
   * The median of |z - z'|² over all pairs of rows of both samples, of at most {@value #MOST} evenly spaced rows of each; their mean where more than half of the
   * pairs coincide, and 1 where all do.
   */
  static double squaredDistance(double[] x, int nx, double[] y, int ny, int d) {
    int fromX = Math.min(nx, MOST);
    int n = fromX + Math.min(ny, MOST);
    double[] rows = new double[n * d];
    for (int i = 0; i < n; i++) {
      boolean first = i < fromX;
      int row = first ? spaced(i, nx, fromX) : spaced(i - fromX, ny, n - fromX);
      System.arraycopy(first ? x : y, row * d, rows, i * d, d);
    }
    double[] all = new double[n * (n - 1) / 2];
    double[] line = new double[n];
    RowPairs pairs = new RowPairs(rows, n, d);
    int at = 0;
    for (int i = 1; i < n; i++) {
      pairs.squaredDistances(rows, i, line, i);
      System.arraycopy(line, 0, all, at, i);
      at += i;
    }
    Arrays.sort(all);
    double median = all[all.length / 2];
    if (median > 0) {
      return median;
    }
    double mean = Rows.mean(all);
    return mean > 0 ? mean : 1;
  }

  private static int spaced(int i, int n, int count) {
    return (int) ((long) i * n / count);
  }
}
