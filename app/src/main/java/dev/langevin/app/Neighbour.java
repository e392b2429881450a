package dev.langevin.app;

/**
 * The nearest of many rows.
 *
 * @param row its index
 * @param square the squared Euclidean distance
 */
record Neighbour(int row, double square) {
  private static final int BLOCK = 32;

  /** The nearest of {@code rows} to row {@code i} of {@code x}, the first of equals. */
  static Neighbour of(double[] x, int i, double[] rows, int d) {
    double best = Double.POSITIVE_INFINITY;
    int row = 0;
    for (int j = 0; j < rows.length / d; j++) {
      double square = squareUpTo(best, x, i * d, rows, j * d, d);
      if (square < best) {
        best = square;
        row = j;
      }
    }
    return new Neighbour(row, best);
  }

  /** The square distance; any number not below {@code limit} once it is clear that it is none below. */
  private static double squareUpTo(double limit, double[] x, int from, double[] y, int at, int d) {
    double sum = 0;
    for (int start = 0; start < d && sum < limit; start += BLOCK) {
      int end = Math.min(d, start + BLOCK);
      for (int c = start; c < end; c++) {
        double gap = x[from + c] - y[at + c];
        sum += gap * gap;
      }
    }
    return sum;
  }
}
