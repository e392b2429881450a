package dev.langevin.spin;

/** Sums over the spins of one row. */
final class Spins {
  private Spins() {}

  /** ‖m‖²/n of the n numbers from {@code at} on. */
  static double meanSquare(double[] m, int at, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += m[at + i] * m[at + i];
    }
    return sum / n;
  }
}
