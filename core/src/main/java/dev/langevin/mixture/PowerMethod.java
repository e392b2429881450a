package dev.langevin.mixture;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * The power method on M - I, M = (1/n) Σ xxᵀ the second moment of the rows: of the law ½N(μ, I) + ½N(-μ, I) it is μμᵀ, whose first eigenvector points to μ and
 * whose first eigenvalue is ‖μ‖². Never forms M: O(n d) per step.
 */
public record PowerMethod() {
  /**
   * Writes (M - I) v.
   *
   * @param rows {@code n × d}
   * @param v length d
   * @param out length d, overwritten
   */
  public void apply(double[] rows, double[] v, double[] out) {
    int d = v.length;
    int n = Check.atLeast("rows", rows.length / d, 1);
    Arrays.fill(out, 0, d, 0.0);
    for (int from = 0; from < rows.length; from += d) {
      double along = 0;
      for (int i = 0; i < d; i++) {
        along += rows[from + i] * v[i];
      }
      for (int i = 0; i < d; i++) {
        out[i] += along * rows[from + i] / n;
      }
    }
    for (int i = 0; i < d; i++) {
      out[i] -= v[i];
    }
  }

  /**
   * Iterates from {@code start} and returns the estimate of μ: the unit vector that is reached, times the root of its Rayleigh quotient (0 where that is negative).
   *
   * @param rows {@code n × d}
   * @param start not zero, length d
   * @param steps at least 1
   */
  public double[] estimate(double[] rows, double[] start, int steps) {
    double[] v = start.clone();
    double[] image = new double[v.length];
    Check.atLeast("steps", steps, 1);
    scale(v, 1 / Check.positive("length of start", norm(v)));
    for (int k = 0; k < steps; k++) {
      apply(rows, v, image);
      System.arraycopy(image, 0, v, 0, v.length);
      scale(v, 1 / norm(v));
    }
    apply(rows, v, image);
    double rayleigh = 0;
    for (int i = 0; i < v.length; i++) {
      rayleigh += v[i] * image[i];
    }
    scale(v, Math.sqrt(Math.max(0, rayleigh)));
    return v;
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }

  private static void scale(double[] v, double factor) {
    for (int i = 0; i < v.length; i++) {
      v[i] *= factor;
    }
  }
}
