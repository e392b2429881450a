package dev.langevin.adapt;

import java.util.Arrays;

/**
 * Integrated autocorrelation times by batch means (Flegal &amp; Jones 2010): with √n batches of √n points, τ_i = √n var(means of the batches)/var(points).
 * Keeps two batches' worth of sums only.
 */
final class BatchMeans {
  private static final int LEAST = 5;

  private final int length;
  private final RunningVariance points;
  private final RunningVariance batches;
  private final double[] sum;
  private int inBatch;

  /** Nothing seen yet of about {@code expected} points in d dimensions. */
  BatchMeans(int dimension, int expected) {
    this.length = Math.max(1, (int) Math.sqrt(expected));
    this.points = new RunningVariance(dimension);
    this.batches = new RunningVariance(dimension);
    this.sum = new double[dimension];
  }

  /** Sees a point. */
  void add(double[] x) {
    points.add(x);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += x[i] / length;
    }
    if (++inBatch == length) {
      batches.add(sum);
      Arrays.fill(sum, 0);
      inBatch = 0;
    }
  }

  /** Whether there are batches enough to say something. */
  boolean full() {
    return batches.count() >= LEAST;
  }

  /** The harmonic mean of the coordinates' times, at least 1. */
  double time() {
    double rate = 0;
    for (int i = 0; i < sum.length; i++) {
      double time = length * batches.variance(i) / points.variance(i);
      rate += time >= 1 ? 1 / time : 1;
    }
    return sum.length / rate;
  }
}
