package dev.langevin.density;

/**
 * out += A x for a symmetric dense A and several x. By symmetry a column of A is a row, so the sum runs over rows of A scaled by
 * one x_j each: the inner loop adds arrays to an array, which a JIT compiler turns into vector instructions (it must not do that to a dot
 * product, whose additions Java orders). Four rows at a time save three of four passes over {@code out}; a tile of four rows by {@link
 * #TILE} columns stays in the first cache while all x use it.
 */
final class SymmetricProduct {
  private static final int TILE = 512;

  private SymmetricProduct() {}

  static void add(double[] a, int n, double[] x, int rows, double[] out) {
    int j = 0;
    for (; j + 3 < n; j += 4) {
      for (int from = 0; from < n; from += TILE) {
        int to = Math.min(n, from + TILE);
        for (int r = 0; r < rows; r++) {
          four(a, n, j, x, r * n, out, from, to);
        }
      }
    }
    for (; j < n; j++) {
      for (int r = 0; r < rows; r++) {
        one(a, j * n, x[r * n + j], out, r * n, n);
      }
    }
  }

  private static void four(
      double[] a, int n, int j, double[] x, int row, double[] out, int from, int to) {
    double x0 = x[row + j];
    double x1 = x[row + j + 1];
    double x2 = x[row + j + 2];
    double x3 = x[row + j + 3];
    int a0 = j * n;
    int a1 = a0 + n;
    int a2 = a1 + n;
    int a3 = a2 + n;
    for (int i = from; i < to; i++) {
      out[row + i] += (x0 * a[a0 + i] + x1 * a[a1 + i]) + (x2 * a[a2 + i] + x3 * a[a3 + i]);
    }
  }

  private static void one(double[] a, int at, double factor, double[] out, int row, int n) {
    for (int i = 0; i < n; i++) {
      out[row + i] += factor * a[at + i];
    }
  }
}
