package dev.langevin.distance;

import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * The Fréchet distance (Dowson &amp; Landau 1982; Heusel et al. 2017, FID) between the normal laws with the samples' means and covariances
 * (divisor n - 1):
 *
 * <pre>
 *   |m₁ - m₂|² + tr(C₁ + C₂ - 2(C₂<sup>½</sup>C₁C₂<sup>½</sup>)<sup>½</sup>)
 * </pre>
 *
 * <p>On features of a network it is the FID; on plain rows the same figure of the rows. It sees means and covariances, and nothing else. It is a
 * square: twice the shift is four times the distance.
 *
 * <p>Biased upwards, by O(1/n) with a factor that grows with d (Chong &amp; Forsyth 2020): always read it beside its floor, or against a sample of the
 * same size. The standard error is the infinitesimal jackknife: a row's influence is its Kantorovich potential,
 * φ(x) = 2(m₁ - m₂)·(x - m₁) + (x - m₁)ᵀ(I - T)(x - m₁) with T the optimal map of {@link NormalTransport}.
 * Measured against the scatter of 400 pairs (n = 200, d = 2 and 10): 0.99 … 1.17 of it where the laws differ, 1.39 and 1.44 where they are equal. Of 200 intervals for 95 % (d = 1, n = 1000, normals shifted or scaled)
 * 93 … 95 % held the truth; in 10 columns with n = 200 the bias is 0.37, five scatters, and hardly any does: there only the floor helps.
 *
 * <p>O((nx + ny) d² + d³).
 */
public record FrechetDistance() implements Distance {
  @Override
  public String name() {
    return "Fréchet distance";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    Rows.require("x", x, nx, d);
    Rows.require("y", y, ny, d);
    Moments first = Moments.of(x, nx, d);
    Moments second = Moments.of(y, ny, d);
    double[] shift = new double[d];
    double square = 0;
    for (int k = 0; k < d; k++) {
      shift[k] = first.mean[k] - second.mean[k];
      square += shift[k] * shift[k];
    }
    NormalTransport transport = NormalTransport.between(first.covariance, second.covariance, d);
    double variance = first.influence(shift, 2, transport.toSecond()) / nx;
    variance += second.influence(shift, -2, transport.toFirst()) / ny;
    return new Estimate(square + transport.square(), Math.sqrt(variance));
  }

  /** The centred rows of a sample with their mean and covariance. */
  @SuppressWarnings("ArrayRecordComponent") // lives for one computation
  private record Moments(double[] mean, double[] centred, double[] covariance) {
    static Moments of(double[] x, int n, int d) {
      double[] mean = new double[d];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < d; k++) {
          mean[k] += x[i * d + k] / n;
        }
      }
      double[] centred = new double[n * d];
      double[] covariance = new double[d * d];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < d; k++) {
          centred[i * d + k] = x[i * d + k] - mean[k];
        }
        for (int k = 0; k < d; k++) {
          double factor = centred[i * d + k] / (n - 1);
          for (int l = 0; l < d; l++) {
            covariance[k * d + l] += factor * centred[i * d + l];
          }
        }
      }
      symmetrise(covariance, d);
      return new Moments(mean, centred, covariance);
    }

    /** A product and its mirror image may differ in the last bit. */
    private static void symmetrise(double[] c, int d) {
      for (int k = 0; k < d; k++) {
        for (int l = 0; l < k; l++) {
          c[k * d + l] = c[l * d + k];
        }
      }
    }

    /** The variance over the rows of factor · shift·x + xᵀ(I - T)x. */
    double influence(double[] shift, double factor, double[] map) {
      int d = mean.length;
      double[] potential = new double[centred.length / d];
      double[] image = new double[d];
      for (int i = 0; i < potential.length; i++) {
        int at = i * d;
        Arrays.fill(image, 0);
        for (int k = 0; k < d; k++) {
          double xk = centred[at + k];
          for (int l = 0; l < d; l++) {
            image[l] += xk * map[k * d + l];
          }
        }
        double sum = 0;
        for (int k = 0; k < d; k++) {
          sum += centred[at + k] * (factor * shift[k] + centred[at + k] - image[k]);
        }
        potential[i] = sum;
      }
      return Rows.variance(potential);
    }
  }
}
