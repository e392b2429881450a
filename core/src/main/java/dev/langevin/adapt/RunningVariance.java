package dev.langevin.adapt;

import dev.langevin.math.Check;
import java.util.Arrays;

/** Variances of coordinates seen one point at a time (Welford 1962). O(d) a point; nothing is kept but mean and sum of squares. */
public final class RunningVariance {
  private final double[] mean;
  private final double[] squares;
  private long count;

  /** Nothing seen yet, in d dimensions. */
  public RunningVariance(int dimension) {
    Check.atLeast("dimension", dimension, 1);
    mean = new double[dimension];
    squares = new double[dimension];
  }

  /** Sees a point, of length d. */
  public void add(double[] x) {
    count++;
    for (int i = 0; i < mean.length; i++) {
      double delta = x[i] - mean[i];
      mean[i] += delta / count;
      squares[i] += delta * (x[i] - mean[i]);
    }
  }

  /** How many points were seen. */
  public long count() {
    return count;
  }

  /** The sample variance of coordinate i (divisor n - 1); NaN for fewer than two points. */
  double variance(int i) {
    return squares[i] / (count - 1.0);
  }

  /** The mean of coordinate i. */
  double mean(int i) {
    return mean[i];
  }

  /** The means; a copy, all 0 before anything was seen. */
  public double[] mean() {
    return mean.clone();
  }

  /** Forgets everything. */
  public void restart() {
    count = 0;
    Arrays.fill(mean, 0);
    Arrays.fill(squares, 0);
  }

  /**
   * The sample variances s² (divisor n - 1), drawn towards 0.001 as Stan does, which keeps few points from a bad metric:
   * n/(n+5) s² + 5/(n+5) · 0.001.
   *
   * @throws IllegalStateException for fewer than two points
   */
  public double[] regularised() {
    if (count < 2) {
      throw new IllegalStateException("a variance needs two points, got " + count);
    }
    double n = count;
    double[] variance = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      variance[i] = n / (n + 5) * (squares[i] / (n - 1)) + 1e-3 * (5 / (n + 5));
    }
    return variance;
  }
}
