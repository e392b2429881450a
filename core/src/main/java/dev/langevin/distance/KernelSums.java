package dev.langevin.distance;

import java.util.Arrays;

/**
 * The squared maximum mean discrepancy of two samples for a kernel k (Gretton et al. 2012, eq. 3), unbiased:
 *
 * <pre>
 *   U = 1/(n(n-1)) Σ_{i≠j} k(x_i, x_j) + 1/(m(m-1)) Σ_{i≠j} k(y_i, y_j) - 2/(nm) Σ_{ij} k(x_i, y_j)
 * </pre>
 *
 * <p>Its variance from Hoeffding's decomposition to second order, since under equal laws the first order vanishes (Serfling 1980, section
 * 5.5; Sutherland &amp; Deka 2019). With the influences a_i = mean_j k(x_i, x_j) - mean_j k(x_i, y_j), likewise b_j, and V the mean squares of the
 * doubly centred kernels,
 *
 * <pre>
 *   first  = 4 var(a)/n + 4 var(b)/m
 *   second = 2 V_xx/(n(n-1)) + 2 V_yy/(m(m-1)) + 4 V_xy/(nm)
 * </pre>
 *
 * <p>the means in a and b carry noise, which puts 2·second into first: Var U ≈ first - second, and never below second.
 *
 * <p>O((n + m)² d), memory O((n + m) d). Used by one thread, once.
 */
final class KernelSums {
  /** What the kernel is a function of. */
  enum Of {
    SQUARED_DISTANCE,
    PRODUCT
  }

  /** Turns squared distances or inner products into kernel values, in place. */
  interface Kernel {
    void apply(double[] values, int count);
  }

  private final Of of;
  private final Kernel kernel;
  private final int d;
  private double squares; // of the kernel values last summed

  KernelSums(Of of, Kernel kernel, int d) {
    this.of = of;
    this.kernel = kernel;
    this.d = d;
  }

  /** U and its standard error. */
  Estimate unbiased(double[] x, int nx, double[] y, int ny) {
    RowPairs pairsX = new RowPairs(x, nx, d);
    RowPairs pairsY = new RowPairs(y, ny, d);
    double[] ownX = within(x, pairsX);
    double second = 2 * centred(ownX, ownX) / ((double) nx * (nx - 1));
    double[] ownY = within(y, pairsY);
    second += 2 * centred(ownY, ownY) / ((double) ny * (ny - 1));
    double[] toY = new double[nx];
    double[] toX = new double[ny];
    between(x, pairsY, toY, toX);
    second += 4 * centred(toY, toX) / ((double) nx * ny);
    double value = Rows.mean(ownX) + Rows.mean(ownY) - Rows.mean(toY) - Rows.mean(toX);
    double first = 4 * variance(ownX, toY) / nx + 4 * variance(ownY, toX) / ny;
    return new Estimate(value, Math.sqrt(Math.max(first - second, second)));
  }

  /** The mean kernel of each row with all other rows of its sample. */
  private double[] within(double[] x, RowPairs pairs) {
    int n = pairs.rows();
    double[] mean = new double[n];
    double[] values = new double[n];
    double sumOfSquares = 0;
    for (int i = 1; i < n; i++) {
      fill(x, i, pairs, values, i);
      double sum = 0;
      for (int j = 0; j < i; j++) {
        double k = values[j];
        sum += k;
        mean[j] += k;
        sumOfSquares += k * k;
      }
      mean[i] += sum;
    }
    for (int i = 0; i < n; i++) {
      mean[i] /= n - 1;
    }
    squares = 2 * sumOfSquares / ((double) n * (n - 1));
    return mean;
  }

  private void between(double[] x, RowPairs pairs, double[] toY, double[] toX) {
    double[] values = new double[toX.length];
    double sumOfSquares = 0;
    for (int i = 0; i < toY.length; i++) {
      fill(x, i, pairs, values, values.length);
      double sum = 0;
      for (int j = 0; j < values.length; j++) {
        double k = values[j];
        sum += k;
        toX[j] += k;
        sumOfSquares += k * k;
      }
      toY[i] = sum / toX.length;
    }
    for (int j = 0; j < toX.length; j++) {
      toX[j] /= toY.length;
    }
    squares = sumOfSquares / ((double) toX.length * toY.length);
  }

  private void fill(double[] x, int i, RowPairs pairs, double[] values, int count) {
    if (of == Of.PRODUCT) {
      pairs.products(x, i, values, count);
    } else {
      pairs.squaredDistances(x, i, values, count);
    }
    kernel.apply(values, count);
  }

  /** The mean square of k - (row mean) - (column mean) + (mean), from the sums of the last pass. */
  private double centred(double[] rows, double[] columns) {
    double mean = Rows.mean(rows);
    double inRows = Arrays.stream(rows).map(r -> (r - mean) * (r - mean)).sum() / rows.length;
    double inColumns =
        Arrays.stream(columns).map(c -> (c - mean) * (c - mean)).sum() / columns.length;
    return Math.max(0, squares - mean * mean - inRows - inColumns);
  }

  private static double variance(double[] own, double[] other) {
    double[] influence = new double[own.length];
    for (int i = 0; i < influence.length; i++) {
      influence[i] = own[i] - other[i];
    }
    return Rows.variance(influence);
  }
}
