package dev.langevin.solver;

import java.util.Arrays;

/** n points with weights that are kept as logarithms; sums run relative to the largest weight. */
final class WeightedPoints {
  private final double[][] points;
  private final double[] logWeights;
  private final double[] weights; // of sum 1
  private final double[] mean; // scratch
  private final double[] rest; // scratch
  private final double[] errors; // scratch

  WeightedPoints(int size, int dimension) {
    points = new double[size][dimension];
    logWeights = new double[size];
    weights = new double[size];
    mean = new double[dimension];
    rest = new double[dimension];
    errors = new double[dimension];
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

  /**
   * Writes for each coordinate the standard error of the self-normalised mean m by the jackknife (Efron &amp; Stein 1981): leaving out point i moves m by w_i (m - x_i)/(1 - w_i) = w_i (m_i - x_i), m_i
   * the mean of the others, and the error is the root of these moves' squares. Where no weight is large it is the linearised √(Σ w_i² (x_i - m)²) (Owen 2013, eq. 9.8), which goes to 0 where
   * one point has nearly all of the weight; this one then becomes as large as the points are apart, and infinite where one has all.
   */
  void meanErrors(double[] out) {
    mean(mean);
    Arrays.fill(out, 0);
    for (int i = 0; i < points.length; i++) {
      if (weights[i] > 0.5) {
        addMove(i, out);
      } else {
        double share = weights[i] / (1 - weights[i]);
        for (int j = 0; j < out.length; j++) {
          double move = share * (points[i][j] - mean[j]);
          out[j] += move * move;
        }
      }
    }
    for (int j = 0; j < out.length; j++) {
      out[j] = Math.sqrt(out[j]);
    }
  }

  /** For the one point that may have most of the weight: by the others' own mean, since 1 - w_i and m - x_i would be lost in rounding. */
  private void addMove(int i, double[] out) {
    double others = 0;
    Arrays.fill(rest, 0);
    for (int k = 0; k < points.length; k++) {
      if (k != i) {
        others += weights[k];
        for (int j = 0; j < out.length; j++) {
          rest[j] += weights[k] * points[k][j];
        }
      }
    }
    for (int j = 0; j < out.length; j++) {
      double move =
          others == 0 ? Double.POSITIVE_INFINITY : weights[i] * (rest[j] / others - points[i][j]);
      out[j] += move * move;
    }
  }

  /** The root mean square over the coordinates of {@link #meanErrors}. */
  double meanError() {
    meanErrors(errors);
    return Math.sqrt(squaredNorm(errors) / errors.length);
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
