package dev.langevin.theory;

import java.util.Arrays;

/** The components of a mixture in the plane under noise of one variance: posterior means and responsibilities, and integrals over their laws. */
final class NoisedComponents {
  private final double variance;
  private final double[] weights;
  private final double[][] means;
  private final double[][] roots; // lower triangular root of S = Σ + σ²I: {L₁₁, L₂₁, L₂₂}
  private final double[][] gains; // Σ S⁻¹: {G₁₁, G₁₂, G₂₁, G₂₂}
  private final double[] logs; // ln(w/√det S)
  private final double[] share;
  private final double[][] posterior;

  /**
   * Of K components.
   *
   * @param means K × 2
   * @param covariances K × {Σ₁₁, Σ₁₂, Σ₂₂}
   * @param variance σ², positive
   */
  NoisedComponents(double[] weights, double[][] means, double[][] covariances, double variance) {
    int n = weights.length;
    this.variance = variance;
    this.weights = weights;
    this.means = means;
    roots = new double[n][];
    gains = new double[n][];
    logs = new double[n];
    share = new double[n];
    posterior = new double[n][2];
    for (int k = 0; k < n; k++) {
      double[] c = covariances[k];
      double first = Math.sqrt(c[0] + variance);
      double cross = c[1] / first;
      double second = Math.sqrt(Math.max(variance, c[2] + variance - cross * cross));
      roots[k] = new double[] {first, cross, second};
      logs[k] = StrictMath.log(weights[k]) - StrictMath.log(first) - StrictMath.log(second);
      double det = first * second * first * second;
      // S⁻¹ = {c₂₂ + σ², -c₁₂; -c₁₂, c₁₁ + σ²}/det
      gains[k] =
          new double[] {
            (c[0] * (c[2] + variance) - c[1] * c[1]) / det,
            c[1] * variance / det,
            c[1] * variance / det,
            (c[2] * (c[0] + variance) - c[1] * c[1]) / det
          };
    }
  }

  /** Σ w σ² tr G, the expected spread of the posterior within its component. */
  double within() {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * variance * (gains[k][0] + gains[k][3]);
    }
    return sum;
  }

  /** The expected spread of the posterior means about their mean, on a grid of {@code step} standard deviations in every component. */
  double between(int plane, double reach, double step) {
    int half = (int) Math.ceil(reach / step);
    double[] normal = new double[2 * half + 1];
    Arrays.setAll(normal, i -> step * StrictMath.exp(-0.5 * (i - half) * step * (i - half) * step));
    double constant = 1 / Math.sqrt(2 * Math.PI);
    double total = 0;
    for (int k = 0; k < weights.length; k++) {
      double sum = 0;
      for (int i = 0; weights[k] > 0 && i < normal.length; i++) {
        if (plane == 1) {
          sum += normal[i] * spread(k, (i - half) * step, 0);
          continue;
        }
        for (int j = 0; j < normal.length; j++) {
          double weight = normal[i] * normal[j];
          sum += weight < 1e-17 ? 0 : weight * spread(k, (i - half) * step, (j - half) * step);
        }
      }
      total += weights[k] * sum * (plane == 1 ? constant : constant * constant);
    }
    return total;
  }

  /** Σ r ‖m‖² - ‖Σ r m‖² at the point u standard deviations from the k-th mean, measured from the k-th posterior mean. */
  private double spread(int k, double u1, double u2) {
    double x = means[k][0] + roots[k][0] * u1;
    double y = means[k][1] + roots[k][1] * u1 + roots[k][2] * u2;
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < share.length; j++) {
      double dx = x - means[j][0];
      double dy = y - means[j][1];
      double a = dx / roots[j][0];
      double b = (dy - roots[j][1] * a) / roots[j][2];
      share[j] = logs[j] - 0.5 * (a * a + b * b);
      posterior[j][0] = means[j][0] + gains[j][0] * dx + gains[j][1] * dy;
      posterior[j][1] = means[j][1] + gains[j][2] * dx + gains[j][3] * dy;
      largest = Math.max(largest, share[j]);
    }
    double sum = 0;
    double meanX = 0;
    double meanY = 0;
    double squares = 0;
    for (int j = 0; j < share.length; j++) {
      double r = share[j] < largest - 745 ? 0 : StrictMath.exp(share[j] - largest);
      double dx = posterior[j][0] - posterior[k][0];
      double dy = posterior[j][1] - posterior[k][1];
      sum += r;
      meanX += r * dx;
      meanY += r * dy;
      squares += r * (dx * dx + dy * dy);
    }
    meanX /= sum;
    meanY /= sum;
    return Math.max(0, squares / sum - meanX * meanX - meanY * meanY);
  }
}
