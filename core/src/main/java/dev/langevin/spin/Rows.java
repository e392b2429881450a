package dev.langevin.spin;

/** Which rows of a batch still iterate, and their vectors packed together for one pass over the couplings. */
final class Rows {
  private final int n;
  private final int[] active;
  private final double[] packed;
  private int count;

  Rows(int n, int capacity) {
    this.n = n;
    active = new int[capacity];
    packed = new double[capacity * n];
  }

  void all(int rows) {
    for (int r = 0; r < rows; r++) {
      active[r] = r;
    }
    count = rows;
  }

  int count() {
    return count;
  }

  int row(int k) {
    return active[k];
  }

  /** Copies the active rows of {@code m}, one after the other, into an array that is overwritten at the next call. */
  double[] pack(double[] m) {
    for (int k = 0; k < count; k++) {
      System.arraycopy(m, active[k] * n, packed, k * n, n);
    }
    return packed;
  }

  /** Keeps the k-th active row as the {@code kept}-th; called with increasing k and kept ≤ k. */
  void keep(int k, int kept) {
    active[kept] = active[k];
  }

  void shrink(int kept) {
    count = kept;
  }
}
