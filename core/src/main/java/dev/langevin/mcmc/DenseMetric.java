package dev.langevin.mcmc;

import dev.langevin.math.Check;

/** S = L, the lower Cholesky factor of M⁻¹, kept row by row. */
final class DenseMetric extends Metric {
  static final double FORM = 3;

  private final int d;
  private final double[] lower; // row i begins at i(i+1)/2 and has i + 1 entries

  private DenseMetric(int d, double[] lower) {
    this.d = d;
    this.lower = lower;
  }

  static Metric of(double[][] inverse) {
    int d = Check.atLeast("inverse.length", inverse.length, 1);
    double[] lower = new double[d * (d + 1) / 2];
    for (int i = 0; i < d; i++) {
      Check.allFinite("inverse[" + i + "]", Check.length("inverse[" + i + "]", inverse[i], d));
      for (int j = 0; j <= i; j++) {
        double rest = inverse[i][j] - dot(lower, row(i), row(j), j);
        lower[row(i) + j] = j < i ? rest / lower[row(j) + j] : root(i, rest);
      }
    }
    return new DenseMetric(d, lower);
  }

  private static double root(int i, double pivot) {
    if (!(pivot > 0)) {
      throw new IllegalArgumentException(
          "inverse must be positive definite, got pivot " + pivot + " in row " + i);
    }
    return Math.sqrt(pivot);
  }

  private static double dot(double[] lower, int a, int b, int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += lower[a + k] * lower[b + k];
    }
    return sum;
  }

  private static int row(int i) {
    return i * (i + 1) / 2;
  }

  /** The inverse of {@link #numbers}, without the form. */
  static Metric ofFactor(double[] lower) {
    int d = (int) Math.rint((Math.sqrt(1 + 8.0 * lower.length) - 1) / 2);
    if (d < 1 || row(d) != lower.length) {
      throw new IllegalArgumentException(
          "numbers must be those of a dense metric, got " + lower.length + " of them");
    }
    Check.allFinite("numbers", lower);
    return new DenseMetric(d, lower);
  }

  @Override
  public int dimension() {
    return d;
  }

  @Override
  public double[] inverse() {
    double[] diagonal = new double[d];
    for (int i = 0; i < d; i++) {
      diagonal[i] = dot(lower, row(i), row(i), i + 1);
    }
    return diagonal;
  }

  @Override
  public void kick(double[] w, double[] g, double c) {
    for (int i = 0; i < d; i++) {
      double force = c * g[i];
      int row = row(i);
      for (int j = 0; j <= i; j++) {
        w[j] += force * lower[row + j];
      }
    }
  }

  @Override
  public void move(double[] x, double[] w, double c, double[] out) {
    for (int i = 0; i < d; i++) {
      int row = row(i);
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        sum += lower[row + j] * w[j];
      }
      out[i] = x[i] + c * sum;
    }
  }

  @Override
  public double[] numbers() {
    return numbers(FORM, lower);
  }

  @Override
  public String toString() {
    return "dense metric in " + d + " dimensions";
  }
}
