package dev.langevin.mcmc;

import dev.langevin.math.Check;
import java.util.Arrays;

/** S = diag(s) (I + U (Λ^½ - I) Uᵀ): O(d k), without scratch, since the k corrections do not disturb each other. */
final class LowRankMetric extends Metric {
  static final double FORM = 2;
  private static final double ORTHONORMAL = 1e-8;

  private final double[] variances;
  private final double[] scale;
  private final double[][] vectors;
  private final double[] values;
  private final double[] excess; // Λ^½ - 1

  LowRankMetric(double[] variances, double[][] vectors, double[] values) {
    this.variances = variances;
    this.values = Check.length("values", values, vectors.length).clone();
    this.vectors = new double[vectors.length][];
    this.scale = new double[variances.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = Math.sqrt(variances[i]);
    }
    this.excess = new double[values.length];
    for (int k = 0; k < values.length; k++) {
      excess[k] = Math.sqrt(Check.positive("values[" + k + "]", values[k])) - 1;
      this.vectors[k] = Check.length("vectors[" + k + "]", vectors[k], variances.length).clone();
      requireOrthonormal(k);
    }
  }

  private void requireOrthonormal(int k) {
    for (int j = 0; j <= k; j++) {
      double dot = dot(vectors[j], vectors[k]);
      if (!(Math.abs(dot - (j == k ? 1 : 0)) <= ORTHONORMAL)) {
        throw new IllegalArgumentException(
            "vectors must be orthonormal, got " + dot + " for the product of " + j + " and " + k);
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public int dimension() {
    return scale.length;
  }

  @Override
  public double[] inverse() {
    double[] diagonal = new double[scale.length];
    for (int i = 0; i < diagonal.length; i++) {
      double sum = 1;
      for (int k = 0; k < values.length; k++) {
        sum += (values[k] - 1) * vectors[k][i] * vectors[k][i];
      }
      diagonal[i] = variances[i] * sum;
    }
    return diagonal;
  }

  @Override
  public void kick(double[] w, double[] g, double c) {
    for (int i = 0; i < scale.length; i++) {
      w[i] += c * scale[i] * g[i];
    }
    for (int k = 0; k < excess.length; k++) {
      double[] u = vectors[k];
      double along = 0;
      for (int i = 0; i < u.length; i++) {
        along += u[i] * scale[i] * g[i];
      }
      double share = c * excess[k] * along;
      for (int i = 0; i < u.length; i++) {
        w[i] += share * u[i];
      }
    }
  }

  @Override
  public void move(double[] x, double[] w, double c, double[] out) {
    for (int i = 0; i < scale.length; i++) {
      out[i] = x[i] + c * scale[i] * w[i];
    }
    for (int k = 0; k < excess.length; k++) {
      double[] u = vectors[k];
      double share = c * excess[k] * dot(u, w);
      for (int i = 0; i < u.length; i++) {
        out[i] += share * scale[i] * u[i];
      }
    }
  }

  @Override
  public double[] numbers() {
    double[][] parts = new double[3 + vectors.length][];
    parts[0] = new double[] {scale.length};
    parts[1] = variances;
    parts[2] = values;
    System.arraycopy(vectors, 0, parts, 3, vectors.length);
    return numbers(FORM, parts);
  }

  /** The inverse of {@link #numbers}, without the form. */
  static Metric ofNumbers(double[] numbers) {
    int d = numbers.length == 0 ? 0 : (int) numbers[0];
    int k = d < 1 ? -1 : (numbers.length - 1 - d) / (d + 1);
    if (k < 0 || numbers.length != 1 + d + k * (d + 1)) {
      throw new IllegalArgumentException(
          "numbers must be those of a low-rank metric, got " + numbers.length + " of them");
    }
    double[][] vectors = new double[k][];
    for (int j = 0; j < k; j++) {
      int from = 1 + d + k + j * d;
      vectors[j] = Arrays.copyOfRange(numbers, from, from + d);
    }
    return lowRank(
        Arrays.copyOfRange(numbers, 1, 1 + d),
        vectors,
        Arrays.copyOfRange(numbers, 1 + d, 1 + d + k));
  }

  @Override
  public String toString() {
    return "metric of rank " + values.length + " in " + scale.length + " dimensions";
  }
}
