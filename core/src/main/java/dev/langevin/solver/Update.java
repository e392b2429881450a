package dev.langevin.solver;

/**
 * A step of a linear multistep method, x ← keep · x + Σ_j weights[j] · m_j + fresh · z: m_0 is the newest entry of the history, m_1 the one before it. What
 * a solver puts into the history (posterior means, or slopes) is its own affair.
 *
 * @param keep the factor on the point; 0 in a step to time 0
 * @param weights of the history, newest first; at least one; not copied
 * @param fresh the standard deviation of the fresh noise; 0 for none
 */
record Update(double keep, double[] weights, double fresh) {
  /** So many coordinates at a time, which then stay in the nearest cache from one term to the next. */
  private static final int BLOCK = 1024;

  /** Without noise. */
  Update(double keep, double... weights) {
    this(keep, weights, 0);
  }

  /**
   * Does the step for {@code length} coordinates.
   *
   * @param from the point; may be the same array as {@code out}
   * @param z standard normal numbers; not read without noise
   */
  void apply(double[] from, double[][] history, int length, double[] z, double[] out) {
    for (int start = 0; start < length; start += BLOCK) {
      block(from, history, start, Math.min(length, start + BLOCK), z, out);
    }
  }

  private void block(
      double[] from, double[][] history, int start, int end, double[] z, double[] out) {
    double[] newest = history[0];
    double weight = weights[0];
    for (int i = start; i < end; i++) {
      out[i] = keep * from[i] + weight * newest[i];
    }
    for (int j = 1; j < weights.length; j++) {
      add(weights[j], history[j], start, end, out);
    }
    if (fresh > 0) {
      add(fresh, z, start, end, out);
    }
  }

  private static void add(double factor, double[] values, int start, int end, double[] out) {
    for (int i = start; i < end; i++) {
      out[i] += factor * values[i];
    }
  }
}
