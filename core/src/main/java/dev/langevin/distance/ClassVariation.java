package dev.langevin.distance;

import dev.langevin.random.Seed;

/**
 * The total variation distance between the shares of classes in two samples of scores: a row's columns are a classifier's scores of d classes, and the row counts for the
 * highest (the first of equals).
 *
 * <pre>
 *   ½ Σ_k |p_k - q_k|
 * </pre>
 *
 * <p>It sees whether classes are missing or too many, and nothing of what the rows of a class look like. The standard error is that of ½ Σ s_k (p_k - q_k) with the signs s_k as given (the delta method; Bishop, Fienberg &amp; Holland
 * 1975, section 14.6). Biased upwards where shares are nearly equal, by about ½ Σ √(2 p_k/(πn)·(1 + n/m)): read it beside its floor. O((nx + ny) d).
 */
public record ClassVariation() implements Distance {
  @Override
  public String name() {
    return "total variation of the classes";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    Rows.require("x", x, nx, d);
    Rows.require("y", y, ny, d);
    double[] p = shares(x, nx, d);
    double[] q = shares(y, ny, d);
    double sum = 0;
    double signedX = 0;
    double signedY = 0;
    for (int k = 0; k < d; k++) {
      double sign = Math.signum(p[k] - q[k]);
      sum += Math.abs(p[k] - q[k]) / 2;
      signedX += sign * p[k];
      signedY += sign * q[k];
    }
    // the variance of a sign is 1 - mean², at most; as if one more row had been counted, since
    // shares of 0 or 1 are not certain
    double variance = (1 - signedX * signedX) / nx + (1 - signedY * signedY) / ny;
    double cautious = Math.max(variance, 1.0 / ((double) nx * nx) + 1.0 / ((double) ny * ny));
    return new Estimate(sum, Math.sqrt(cautious) / 2);
  }

  private static double[] shares(double[] scores, int n, int d) {
    double[] shares = new double[d];
    for (int i = 0; i < n; i++) {
      int best = 0;
      for (int k = 1; k < d; k++) {
        best = scores[i * d + k] > scores[i * d + best] ? k : best;
      }
      shares[best] += 1.0 / n;
    }
    return shares;
  }
}
