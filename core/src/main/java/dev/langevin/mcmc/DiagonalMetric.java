package dev.langevin.mcmc;

/** S = diag(s). */
final class DiagonalMetric extends Metric {
  static final double FORM = 1;

  private final double[] inverse;
  private final double[] scale;

  DiagonalMetric(double[] inverse) {
    this.inverse = inverse;
    this.scale = new double[inverse.length];
    for (int i = 0; i < inverse.length; i++) {
      scale[i] = Math.sqrt(inverse[i]);
    }
  }

  @Override
  public int dimension() {
    return inverse.length;
  }

  @Override
  public double[] inverse() {
    return inverse.clone();
  }

  @Override
  public void kick(double[] w, double[] g, double c) {
    double[] s = scale;
    for (int i = 0; i < s.length; i++) {
      w[i] += c * s[i] * g[i];
    }
  }

  @Override
  public void move(double[] x, double[] w, double c, double[] out) {
    double[] s = scale;
    for (int i = 0; i < s.length; i++) {
      out[i] = x[i] + c * s[i] * w[i];
    }
  }

  @Override
  public double[] numbers() {
    return numbers(FORM, inverse);
  }

  @Override
  public String toString() {
    return "diagonal metric in " + inverse.length + " dimensions";
  }
}
