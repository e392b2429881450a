package dev.langevin.anneal;

import dev.langevin.density.LogDensity;
import java.util.random.RandomGenerator;

/**
 * Parallel tempering in one dimension with random walks, written down plainly, with a mistake to choose: beside it the kernel must agree draw for draw, and the tests
 * must fail on it.
 */
final class TextbookTempering {
  enum Mistake {
    NONE,
    RATIO_UPSIDE_DOWN,
    REFERENCE_FORGOTTEN,
    HOT_NOT_REFRESHED
  }

  private final LogDensity target;
  private final double scale;
  private final double[] beta;
  private final double stepSize;
  private final Mistake mistake;
  final double[] x;
  private int step;

  /** The step size is in units of the reference's scale. */
  TextbookTempering(
      LogDensity target,
      double scale,
      double[] beta,
      double stepSize,
      double[] start,
      Mistake mistake) {
    this.target = target;
    this.scale = scale;
    this.beta = beta;
    this.stepSize = stepSize;
    this.x = start.clone();
    this.mistake = mistake;
  }

  static double reference(double x, double scale) {
    return -0.5 * x * x / (scale * scale) - Math.log(scale * Math.sqrt(2 * Math.PI));
  }

  private double p(double x) {
    return target.logDensity(new double[] {x});
  }

  private double onPath(double x, double beta) {
    return beta * p(x) + (1 - beta) * reference(x, scale);
  }

  private double l(double x) {
    return mistake == Mistake.REFERENCE_FORGOTTEN ? p(x) : p(x) - reference(x, scale);
  }

  void step(RandomGenerator random) {
    double fresh = scale * random.nextGaussian();
    x[0] = mistake == Mistake.HOT_NOT_REFRESHED ? x[0] : fresh;
    for (int k = 1; k < x.length; k++) {
      double y = x[k] + stepSize * scale * random.nextGaussian();
      double u = random.nextDouble();
      x[k] = Math.log(u) < onPath(y, beta[k]) - onPath(x[k], beta[k]) ? y : x[k];
    }
    for (int k = step % 2; k < x.length - 1; k += 2) {
      double sign = mistake == Mistake.RATIO_UPSIDE_DOWN ? -1 : 1;
      double ratio = sign * (beta[k + 1] - beta[k]) * (l(x[k]) - l(x[k + 1]));
      if (Math.log(random.nextDouble()) < ratio) {
        double swapped = x[k];
        x[k] = x[k + 1];
        x[k + 1] = swapped;
      }
    }
    step++;
  }
}
