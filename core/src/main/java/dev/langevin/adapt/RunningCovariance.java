package dev.langevin.adapt;

import dev.langevin.math.Check;
import java.util.Arrays;

/** The covariance of coordinates seen one point at a time (Welford 1962). O(d²) a point and in memory. */
public final class RunningCovariance {
  private final double[] mean;
  private final double[] delta;
  private final double[][] products; // lower triangle
  private long count;

  /** Nothing seen yet, in d dimensions. */
  public RunningCovariance(int dimension) {
    Check.atLeast("dimension", dimension, 1);
    mean = new double[dimension];
    delta = new double[dimension];
    products = new double[dimension][];
    for (int i = 0; i < dimension; i++) {
      products[i] = new double[i + 1];
    }
  }

  /** Sees a point, of length d. */
  public void add(double[] x) {
    count++;
    for (int i = 0; i < mean.length; i++) {
      delta[i] = x[i] - mean[i];
      mean[i] += delta[i] / count;
    }
    for (int i = 0; i < mean.length; i++) {
      double after = x[i] - mean[i];
      for (int j = 0; j <= i; j++) {
        products[i][j] += after * delta[j];
      }
    }
  }

  /** How many points were seen. */
  public long count() {
    return count;
  }

  /** The sample covariance of coordinates i and j (divisor n - 1); NaN for fewer than two points. */
  double covariance(int i, int j) {
    return products[Math.max(i, j)][Math.min(i, j)] / (count - 1.0);
  }

  /** The mean of the points; zero if there were none. A copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** Forgets everything. */
  public void restart() {
    count = 0;
    Arrays.fill(mean, 0);
    for (double[] row : products) {
      Arrays.fill(row, 0);
    }
  }

  /**
   * The sample covariance (divisor n - 1), drawn towards 0.001 I as Stan does: n/(n+5) S + 5/(n+5) · 0.001 I. Positive definite.
   *
   * @return {@code [d][d]}, symmetric
   * @throws IllegalStateException for fewer than two points
   */
  public double[][] regularised() {
    if (count < 2) {
      throw new IllegalStateException("a covariance needs two points, got " + count);
    }
    double n = count;
    int d = mean.length;
    double[][] covariance = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = n / (n + 5) * (products[i][j] / (n - 1));
        covariance[j][i] = covariance[i][j];
      }
      covariance[i][i] += 1e-3 * (5 / (n + 5));
    }
    return covariance;
  }
}
