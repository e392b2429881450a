package dev.langevin.solver;

import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;

/**
 * The posterior of x₀ given y = x₀ + σz if the target were N(0, s²I): N(g y, g σ² I) with g = s²/(s² + σ²).
 *
 * @param scale s, positive
 */
record Preposterior(double scale) {
  Preposterior {
    Check.positive("scale", scale);
  }

  /** g σ², the variance. */
  double variance(double sigma) {
    return gain(sigma) * sigma * sigma;
  }

  /** Writes a draw into {@code out}; takes d normal numbers. */
  void draw(double[] y, double sigma, AddressedRandom random, double[] out) {
    double gain = gain(sigma);
    double sd = Math.sqrt(gain) * sigma;
    random.fillGaussian(out, 0, out.length);
    for (int j = 0; j < out.length; j++) {
      out[j] = gain * y[j] + sd * out[j];
    }
  }

  /** log N(x; 0, s²I) without its constant. */
  double logPrior(double[] x) {
    return -0.5 * WeightedPoints.squaredNorm(x) / (scale * scale);
  }

  private double gain(double sigma) {
    double ratio = sigma / scale;
    return 1 / (1 + ratio * ratio);
  }
}
