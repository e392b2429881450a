package dev.langevin.solver;

import java.util.Arrays;

/** n points with weights that are kept as logarithms; sums run relative to the largest weight. */
final class WeightedPoints {
  private final double[][] points;
  private final double[] logWeights;
  private final double[] weights; // of sum 1
  private final double[] mean; // scratch

  WeightedPoints(int size, int dimension) {
    points = new double[size][dimension];
    logWeights = new double[size];
    weights = new double[size];
    mean = new double[dimension];
  }

  int size() {
    return points.length;
  }

  /** Point i itself, to be written to. */
  double[] point(int i) {
    return points[i];
  }

  /** Makes all weights equal. */
  void level() {
    Arrays.fill(logWeights, 0);
    Arrays.fill(weights, 1.0 / weights.length);
  }

  /** Multiplies weight i by exp(change). */
  void reweigh(int i, double change) {
    logWeights[i] += change;
  }

  /** Renews the weights from their logarithms; false if all are zero. */
  boolean normalise() {
    double largest = Double.NEGATIVE_INFINITY;
    for (double l : logWeights) {
      largest = Math.max(largest, l);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      return false;
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      logWeights[i] -= largest;
      weights[i] = StrictMath.exp(logWeights[i]);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return true;
  }

  boolean hasZeroWeight() {
    for (double w : weights) {
      if (w == 0) {
        return true;
      }
    }
    return false;
  }

  double sumOfSquares() {
    double sum = 0;
    for (double w : weights) {
      sum += w * w;
    }
    return sum;
  }

  void mean(double[] out) {
    Arrays.fill(out, 0);
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < out.length; j++) {
        out[j] += weights[i] * points[i][j];
      }
    }
  }

  /** √(Σ_i w_i² |x_i - m|²/d): the self-normalised mean's standard error by linearisation (Owen 2013, eq. 9.8). */
  double meanError() {
    mean(mean);
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      sum += weights[i] * weights[i] * squaredDistance(points[i], mean);
    }
    return Math.sqrt(sum / mean.length);
  }

  /** Writes the point at cumulative weight u. */
  void pick(double u, double[] out) {
    System.arraycopy(points[at(u)], 0, out, 0, out.length);
  }

  /** The index at cumulative weight u; never one of weight zero. */
  private int at(double u) {
    int last = 0;
    double cumulative = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        cumulative += weights[i];
        if (u < cumulative) {
          return i;
        }
      }
    }
    return last; // the weights sum to 1 up to rounding
  }

  /** Systematic resampling: ancestors[j] is the index at cumulative weight (j + u)/n (Kitagawa 1996). */
  void ancestors(double u, int[] ancestors) {
    int n = weights.length;
    int i = 0;
    double cumulative = weights[0];
    int last = at(1);
    for (int j = 0; j < n; j++) {
      while (i < last && (j + u) / n >= cumulative) {
        cumulative += weights[++i];
      }
      ancestors[j] = i;
    }
  }

  static double squaredDistance(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double difference = x[j] - y[j];
      sum += difference * difference;
    }
    return sum;
  }

  static double squaredNorm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return sum;
  }
}
