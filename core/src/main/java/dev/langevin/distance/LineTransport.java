package dev.langevin.distance;

/**
 * Optimal transport between two sorted samples on the line for the cost (x - y)²: the k-th smallest mass goes to the k-th smallest place,
 * whatever the sizes, which is exact. Gives the cost and the dual potentials, φ(x_i) + ψ(y_j) ≤ (x_i - y_j)² with equality where mass
 * moves: what one more row at x_i would add to the cost, hence the influence of each row.
 *
 * <p>Scratch arrays are kept between calls. Used by one thread.
 */
final class LineTransport {
  private final double[] phi;
  private final double[] psi;

  LineTransport(int nx, int ny) {
    phi = new double[nx];
    psi = new double[ny];
  }

  /** φ at the sorted x of the last {@link #cost}, up to a constant. */
  double[] phi() {
    return phi;
  }

  /** ψ at the sorted y. */
  double[] psi() {
    return psi;
  }

  /**
   * W2² of the two empirical laws, exactly: Σ m (x_i - y_j)² over the pieces of mass m on which both quantile functions are constant.
   * Masses are counted in units of 1/(nx·ny), in which all are whole. O(nx + ny).
   */
  double cost(double[] x, double[] y) {
    int nx = phi.length;
    int ny = psi.length;
    long leftX = ny;
    long leftY = nx;
    double sum = 0;
    int i = 0;
    int j = 0;
    phi[0] = 0;
    psi[0] = square(x[0] - y[0]);
    while (true) {
      long mass = Math.min(leftX, leftY);
      sum += mass * square(x[i] - y[j]);
      leftX -= mass;
      leftY -= mass;
      if (i == nx - 1 && j == ny - 1) {
        return sum / ((double) nx * ny);
      }
      if (leftX == 0 && leftY == 0) {
        corner(x, y, i++, j++);
      } else if (leftX == 0) {
        phi[++i] = square(x[i] - y[j]) - psi[j];
      } else {
        psi[++j] = square(x[i] - y[j]) - phi[i];
      }
      leftX = leftX == 0 ? ny : leftX;
      leftY = leftY == 0 ? nx : leftY;
    }
  }

  /** Both samples step on: of the potentials by way of (i + 1, j) and of (i, j + 1), both optimal, the mean, which is symmetric. */
  private void corner(double[] x, double[] y, int i, int j) {
    double here = square(x[i] - y[j]);
    double next = square(x[i + 1] - y[j + 1]);
    double right = square(x[i + 1] - y[j]);
    double up = square(x[i] - y[j + 1]);
    phi[i + 1] = phi[i] + (right - here + next - up) / 2;
    psi[j + 1] = psi[j] + (up - here + next - right) / 2;
  }

  private static double square(double x) {
    return x * x;
  }
}
