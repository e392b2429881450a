package dev.langevin.distance;

import java.util.Arrays;

/**
 * Who lies in whose ball, for {@link SupportOverlap}: one pass over the pairs of x and y, and one over the pairs of each sample for the radii.
 *
 * @param precise 1 for each row of x in some ball of y
 * @param recalled 1 for each row of y in some ball of x
 * @param dense for each row of x, how many balls of y hold it
 * @param covered 1 for each ball of y that holds a row of x
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one computation
record SupportCounts(double[] precise, double[] recalled, double[] dense, double[] covered) {
  /**
   * Counts. O((nx + ny)² d).
   *
   * @param ofX neighbours that the balls of x reach to; 0 where nobody asks for {@code recalled}
   * @param first neighbours for the balls of y of {@code precise}
   * @param second neighbours for the balls of y of {@code dense} and {@code covered}
   */
  static SupportCounts of(
      double[] x, int nx, double[] y, int ny, int d, int ofX, int first, int second) {
    RowPairs pairs = new RowPairs(y, ny, d);
    double[][] reachY = radii(y, pairs, first, second);
    double[] reachX = ofX == 0 ? new double[nx] : radii(x, new RowPairs(x, nx, d), ofX, ofX)[0];
    SupportCounts counts =
        new SupportCounts(new double[nx], new double[ny], new double[nx], new double[ny]);
    double[] line = new double[ny];
    for (int i = 0; i < nx; i++) {
      pairs.squaredDistances(x, i, line, ny);
      counts.add(i, line, reachX[i], reachY[0], reachY[1]);
    }
    return counts;
  }

  private void add(int i, double[] line, double reachX, double[] narrow, double[] wide) {
    int around = 0;
    boolean some = false;
    for (int j = 0; j < line.length; j++) {
      double square = line[j];
      some |= square <= narrow[j];
      if (square <= reachX) {
        recalled[j] = 1;
      }
      if (square <= wide[j]) {
        around++;
        covered[j] = 1;
      }
    }
    precise[i] = some ? 1 : 0;
    dense[i] = around;
  }

  /** The squared distances of each row to two of its nearest others. */
  private static double[][] radii(double[] y, RowPairs pairs, int first, int second) {
    int n = pairs.rows();
    double[] line = new double[n];
    double[] nearest = new double[Math.max(first, second)];
    double[][] radii = new double[2][n];
    for (int i = 0; i < n; i++) {
      pairs.squaredDistances(y, i, line, n);
      line[i] = Double.POSITIVE_INFINITY;
      smallest(line, nearest);
      radii[0][i] = nearest[first - 1];
      radii[1][i] = nearest[second - 1];
    }
    return radii;
  }

  /** Fills {@code nearest} with the smallest values, increasing. */
  private static void smallest(double[] values, double[] nearest) {
    int last = nearest.length - 1;
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (double value : values) {
      if (value < nearest[last]) {
        int at = last;
        for (; at > 0 && nearest[at - 1] > value; at--) {
          nearest[at] = nearest[at - 1];
        }
        nearest[at] = value;
      }
    }
  }
}
