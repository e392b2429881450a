package dev.langevin.diffusion;

/** Σ = diag(λ): the eigenvectors are the axes. O(d) a point. */
final class DiagonalNormal extends NoisedNormal {
  private final double[] lambda;
  private final double[] gain; // λ/(λ + σ²)
  private final double[] inverseSd; // 1/√(λ + σ²)
  private double sigma;
  private double logConstant;

  DiagonalNormal(double[] mean, double[] lambda) {
    super(mean);
    this.lambda = lambda;
    gain = new double[lambda.length];
    inverseSd = new double[lambda.length];
  }

  @Override
  NoisedNormal fork() {
    return new DiagonalNormal(mean, lambda);
  }

  @Override
  void level(double variance) {
    sigma = Math.sqrt(variance);
    logConstant = level(lambda, variance, gain, inverseSd);
  }

  /** Four accumulators, as {@link RoundNormal}. */
  @Override
  double weigh(double[] y, int from) {
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    int i = 0;
    for (; i + 3 < mean.length; i += 4) {
      double s = (y[from + i] - mean[i]) * inverseSd[i];
      double t = (y[from + i + 1] - mean[i + 1]) * inverseSd[i + 1];
      double u = (y[from + i + 2] - mean[i + 2]) * inverseSd[i + 2];
      double v = (y[from + i + 3] - mean[i + 3]) * inverseSd[i + 3];
      a += s * s;
      b += t * t;
      c += u * u;
      e += v * v;
    }
    for (; i < mean.length; i++) {
      double s = (y[from + i] - mean[i]) * inverseSd[i];
      a += s * s;
    }
    return logConstant - 0.5 * ((a + b) + (c + e));
  }

  @Override
  void add(double share, double[] y, int from, double[] out) {
    for (int j = 0; j < mean.length; j++) {
      out[from + j] += share * (mean[j] + gain[j] * (y[from + j] - mean[j]));
    }
  }

  @Override
  void addPull(double share, double[] y, int from, double[] out) {
    for (int j = 0; j < mean.length; j++) {
      out[j] += share * pull(j) * (y[from + j] - mean[j]);
    }
  }

  /** σ/(λ_j + σ²). */
  private double pull(int j) {
    return sigma * inverseSd[j] * inverseSd[j];
  }

  @Override
  void addGain(double share, double[] v, double[] out, int from) {
    for (int j = 0; j < mean.length; j++) {
      out[from + j] += share * gain[j] * v[from + j];
    }
  }
}
