package dev.langevin.diffusion;

/** Σ = λI: everything but μ is a number. O(d) a point. */
final class RoundNormal extends NoisedNormal {
  private final double lambda;
  private double gain; // λ/(λ + σ²)
  private double rest; // σ²/(λ + σ²)
  private double inverseSd; // 1/√(λ + σ²)
  private double pull; // σ/(λ + σ²)
  private double logConstant;

  RoundNormal(double[] mean, double lambda) {
    super(mean);
    this.lambda = lambda;
  }

  @Override
  NoisedNormal fork() {
    return new RoundNormal(mean, lambda);
  }

  @Override
  void level(double variance) {
    double total = lambda + variance;
    gain = lambda / total;
    rest = variance / total;
    inverseSd = 1 / Math.sqrt(total);
    pull = Math.sqrt(variance) / total;
    logConstant = -0.5 * (mean.length * StrictMath.log(total));
  }

  /** Four accumulators, so that no addition waits for the one before; scaled before it is squared, so that nothing overflows. */
  @Override
  double weigh(double[] y, int from) {
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    int i = 0;
    for (; i + 3 < mean.length; i += 4) {
      double s = (y[from + i] - mean[i]) * inverseSd;
      double t = (y[from + i + 1] - mean[i + 1]) * inverseSd;
      double u = (y[from + i + 2] - mean[i + 2]) * inverseSd;
      double v = (y[from + i + 3] - mean[i + 3]) * inverseSd;
      a += s * s;
      b += t * t;
      c += u * u;
      e += v * v;
    }
    for (; i < mean.length; i++) {
      double s = (y[from + i] - mean[i]) * inverseSd;
      a += s * s;
    }
    return logConstant - 0.5 * ((a + b) + (c + e));
  }

  @Override
  void add(double share, double[] y, int from, double[] out) {
    double own = share * rest;
    double through = share * gain;
    for (int j = 0; j < mean.length; j++) {
      out[from + j] += own * mean[j] + through * y[from + j];
    }
  }

  @Override
  void addPull(double share, double[] y, int from, double[] out) {
    double factor = share * pull;
    for (int j = 0; j < mean.length; j++) {
      out[j] += factor * (y[from + j] - mean[j]);
    }
  }

  @Override
  void addGain(double share, double[] v, double[] out, int from) {
    double factor = share * gain;
    for (int j = 0; j < mean.length; j++) {
      out[from + j] += factor * v[from + j];
    }
  }
}
