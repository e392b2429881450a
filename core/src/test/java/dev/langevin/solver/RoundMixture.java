package dev.langevin.solver;

import dev.langevin.density.LogDensity;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.DifferentiableDenoiser;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A mixture of round normal laws with everything that is known about it in closed form, written out by itself: density under noise, denoiser, and J = Cov[x₀ | y]/σ². */
record RoundMixture(double[] weights, double[][] means, double[] sds)
    implements DifferentiableDenoiser {
  @Override
  public int dimension() {
    return means[0].length;
  }

  LogDensity noised(double sigma) {
    return new LogDensity() {
      @Override
      public int dimension() {
        return means[0].length;
      }

      @Override
      public double logDensity(double[] x) {
        double[] logs = logs(x, 0, sigma);
        double top = Arrays.stream(logs).max().orElseThrow();
        return top + Math.log(Arrays.stream(logs).map(l -> Math.exp(l - top)).sum());
      }
    };
  }

  private double[] logs(double[] y, int from, double sigma) {
    double[] logs = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      double v = sds[k] * sds[k] + sigma * sigma;
      double square = 0;
      for (int j = 0; j < dimension(); j++) {
        square += (y[from + j] - means[k][j]) * (y[from + j] - means[k][j]);
      }
      logs[k] =
          Math.log(weights[k]) - square / (2 * v) - 0.5 * dimension() * Math.log(2 * Math.PI * v);
    }
    return logs;
  }

  private double[] shares(double[] y, int from, double sigma) {
    double[] logs = logs(y, from, sigma);
    double top = Arrays.stream(logs).max().orElseThrow();
    double sum = Arrays.stream(logs).map(l -> Math.exp(l - top)).sum();
    return Arrays.stream(logs).map(l -> Math.exp(l - top) / sum).toArray();
  }

  /** The posterior mean within component k. */
  private double inner(double[] y, int from, double sigma, int k, int j) {
    double gain = sds[k] * sds[k] / (sds[k] * sds[k] + sigma * sigma);
    return means[k][j] + gain * (y[from + j] - means[k][j]);
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    int d = dimension();
    Arrays.fill(out, 0, rows * d, 0);
    for (int r = 0; r < rows; r++) {
      double[] share = shares(y, r * d, sigma);
      for (int k = 0; k < share.length; k++) {
        for (int j = 0; j < d; j++) {
          out[r * d + j] += share[k] * inner(y, r * d, sigma, k, j);
        }
      }
    }
  }

  @Override
  public void pullBack(
      double[] y, int rows, double sigma, double[] v, double[] denoised, double[] out) {
    int d = dimension();
    denoise(y, rows, sigma, denoised);
    Arrays.fill(out, 0, rows * d, 0);
    for (int r = 0; r < rows; r++) {
      double[] share = shares(y, r * d, sigma);
      for (int k = 0; k < share.length; k++) {
        double along = 0;
        for (int j = 0; j < d; j++) {
          along += (inner(y, r * d, sigma, k, j) - denoised[r * d + j]) * v[r * d + j];
        }
        double gain = sds[k] * sds[k] / (sds[k] * sds[k] + sigma * sigma);
        for (int j = 0; j < d; j++) {
          double off = inner(y, r * d, sigma, k, j) - denoised[r * d + j];
          out[r * d + j] += share[k] * (gain * v[r * d + j] + off * along / (sigma * sigma));
        }
      }
    }
  }

  double[] draw(RandomGenerator random) {
    double[] x = new double[dimension()];
    GaussianMixture.isotropic(weights, means, sds).sample(random, x);
    return x;
  }
}
