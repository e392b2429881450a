package dev.langevin.anneal;

import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** N(mean, diag(sd²)), normalised: what a {@link Reference} has become. Immutable. */
final class Normal {
  private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

  private final double[] mean;
  private final double[] variance;
  private final double[] sd;
  private final double logConstant;

  private Normal(double[] mean, double[] variance) {
    this.mean = mean;
    this.variance = variance;
    this.sd = new double[mean.length];
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sd[i] = Math.sqrt(Check.positive("variance[" + i + "]", variance[i]));
      sum += 0.5 * StrictMath.log(variance[i]) + HALF_LOG_TWO_PI;
    }
    this.logConstant = -sum;
  }

  static Normal of(Reference reference, int dimension) {
    double[] variance = new double[dimension];
    Arrays.fill(variance, reference.scale() * reference.scale());
    return new Normal(new double[dimension], variance);
  }

  static Normal of(double[] mean, double[] variance) {
    return new Normal(Check.allFinite("mean", mean).clone(), variance.clone());
  }

  int dimension() {
    return mean.length;
  }

  /** The means, and behind them the variances. */
  double[] numbers() {
    double[] numbers = Arrays.copyOf(mean, 2 * mean.length);
    System.arraycopy(variance, 0, numbers, mean.length, mean.length);
    return numbers;
  }

  /** A copy. */
  double[] variance() {
    return variance.clone();
  }

  double logDensity(double[] x, int from) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double z = x[from + i] - mean[i];
      sum += z * z / variance[i];
    }
    return logConstant - 0.5 * sum;
  }

  /** out ← a out + b ∇ log q(x). */
  void mix(double[] x, double[] out, double a, double b) {
    for (int i = 0; i < mean.length; i++) {
      out[i] = a * out[i] + b * (mean[i] - x[i]) / variance[i];
    }
  }

  /** Writes one draw into {@code out}; takes d normal numbers. */
  void sample(RandomGenerator random, double[] out) {
    for (int i = 0; i < mean.length; i++) {
      out[i] = mean[i] + sd[i] * random.nextGaussian();
    }
  }
}
