package dev.langevin.anneal;

/**
 * Where the rungs stand. With r_k the rejection rate between rungs k and k + 1, Λ(β) = Σ r_k up to β is the cumulative communication barrier, and rungs at
 * equal steps of it have equal rejection rates and the most round trips (Syed, Bouchard-Côté, Deligiannidis &amp; Doucet 2022, section 5.3: a monotone cubic
 * through the estimates, inverted).
 */
final class Ladder {
  private static final double LEAST =
      1e-6; // keeps the barrier increasing where nothing was rejected

  private Ladder() {}

  /** β_k = (k/n)^(1/0.3), k = 0 … n: closer at the hot end, where most changes (Xie et al. 2011). */
  static double[] first(int rungs) {
    double[] beta = new double[rungs];
    for (int k = 0; k < rungs; k++) {
      beta[k] = StrictMath.pow(k / (rungs - 1.0), 1 / 0.3);
    }
    return beta;
  }

  /** Σ r_k. */
  static double barrier(double[] rejections) {
    double sum = 0;
    for (double r : rejections) {
      sum += r;
    }
    return sum;
  }

  /** β at so many equal steps of the barrier; a new array. */
  static double[] equalised(double[] beta, double[] rejections, int rungs) {
    double[] barrier = new double[beta.length];
    for (int k = 1; k < beta.length; k++) {
      barrier[k] = barrier[k - 1] + Math.max(LEAST, rejections[k - 1]);
    }
    double total = barrier[beta.length - 1];
    MonotoneCubic curve = new MonotoneCubic(barrier, beta);
    double[] next = new double[rungs];
    for (int k = 1; k < rungs - 1; k++) {
      next[k] = curve.at(total * k / (rungs - 1));
    }
    next[rungs - 1] = 1;
    return next;
  }
}
