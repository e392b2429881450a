package dev.langevin.diagnostics;

import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/**
 * The squared kernel Stein discrepancy of draws from the density whose scores they carry (Gorham &amp; Mackey 2017; Liu, Lee &amp;
 * Jordan 2016; Chwialkowski, Strathmann &amp; Gretton 2016), with the probability that right draws would show as large a one.
 *
 * <p>It sees any difference in shape that lies where the draws lie, also one that leaves means and variances right. It is blind to the weights of
 * modes far apart, and to a mode that was never visited: the score near a mode does not know of the other (Wenliang &amp; Kanagawa 2020).
 *
 * @param biased the V-statistic (1/n²) Σ h(x, y) over all pairs, never negative
 * @param unbiased the U-statistic, the mean of h over pairs of different points: about 0 for right draws
 * @param standardError of the U-statistic, to second order: under right draws the first order vanishes
 * @param pValue probability of a U-statistic this large from right draws; NaN with fewer than {@value #FEWEST} points or where
 *     something is not finite
 * @param points points used after thinning
 * @param stride every how many-th draw was used
 */
public record KernelSteinDiscrepancy(
    double biased, double unbiased, double standardError, double pValue, int points, int stride) {
  /** Points below which no p-value is given. */
  public static final int FEWEST = 50;

  private static final int EXCEEDANCES = 10;

  /**
   * Measures and tests. The draws are thinned until they are nearly independent, and further to {@code cap} points. Then signs W_a = ±1 are
   * drawn at random and T = Σ W_a W_b h(a, b) is compared with the measured sum: a wild bootstrap, whose distribution is that of the
   * statistic under right draws. It stops when ten replicates have exceeded it (Besag &amp; Clifford 1991), which for right
   * draws is soon.
   *
   * <p>O(cap² d) for the kernel, O(cap²) for a replicate.
   *
   * @param positions {@code [chain][coordinate][draw]}
   * @param scores the same shape: ∂ log p/∂x_i at each draw
   * @param correlation draws that are worth one independent draw, at least 1
   * @param cap most points to use, at least {@value #FEWEST}
   * @param replicates most replicates, at least 1; the smallest possible p-value is 1/(replicates + 1)
   * @param seed where the signs come from
   */
  public static KernelSteinDiscrepancy of(
      double[][][] positions,
      double[][][] scores,
      double correlation,
      int cap,
      int replicates,
      Seed seed) {
    Check.atLeast("cap", cap, FEWEST);
    Check.atLeast("replicates", replicates, 1);
    int draws = positions[0][0].length;
    long total = (long) positions.length * draws;
    double[] scale = scale(positions);
    int stride = (int) Math.min(draws, Math.ceil(Math.max(correlation, (double) total / cap)));
    double[][] x = thinned(positions, stride);
    SteinKernel kernel = new SteinKernel(x, thinned(scores, stride), scale);
    double[][] triangle = kernel.triangle();
    double sum = sum(triangle);
    int n = x.length;
    double p =
        n < FEWEST || !Double.isFinite(sum) ? Double.NaN : pValue(triangle, sum, replicates, seed);
    return new KernelSteinDiscrepancy(
        (2 * sum + kernel.trace()) / n / n,
        2 * sum / n / (n - 1),
        standardError(triangle),
        p,
        n,
        stride);
  }

  /**
   * The root of 4 var(mean_b h(a, b))/n - s, s = 2 V/(n(n - 1)) and V the mean square of the doubly centred kernel, and of s at least (Serfling 1980, section 5.5): the
   * means carry noise, which counts s twice.
   */
  private static double standardError(double[][] triangle) {
    int n = triangle.length;
    double[] means = new double[n];
    double squares = 0;
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < a; b++) {
        double value = triangle[a][b] / (n - 1);
        means[a] += value;
        means[b] += value;
        squares += 2 * value * value * (n - 1) / n;
      }
    }
    double variance = Series.variance(means);
    double mean = 0;
    for (double value : means) {
      mean += value / n;
    }
    double second = 2 * Math.max(0, squares - mean * mean - 2 * variance) / n / (n - 1);
    return Math.sqrt(Math.max(4 * variance / n - second, second));
  }

  /** The standard deviation of each coordinate; 1 for one that stands still. */
  private static double[] scale(double[][][] positions) {
    double[] scale = new double[positions[0].length];
    for (int i = 0; i < scale.length; i++) {
      double sd = Math.sqrt(Series.variance(Series.pooled(SteinReport.series(positions, i))));
      scale[i] = sd > 0 ? sd : 1;
    }
    return scale;
  }

  /** Every stride-th draw of every chain, from the end, {@code [point][coordinate]}. */
  private static double[][] thinned(double[][][] values, int stride) {
    int each = values[0][0].length / stride;
    double[][] points = new double[values.length * each][values[0].length];
    for (int c = 0; c < values.length; c++) {
      for (int k = 0; k < each; k++) {
        for (int i = 0; i < values[c].length; i++) {
          points[c * each + k][i] = values[c][i][(k + 1) * stride - 1];
        }
      }
    }
    return points;
  }

  private static double sum(double[][] triangle) {
    double sum = 0;
    for (double[] row : triangle) {
      for (double value : row) {
        sum += value;
      }
    }
    return sum;
  }

  private static double pValue(double[][] triangle, double sum, int replicates, Seed seed) {
    AddressedRandom random = seed.random();
    double[] sign = new double[triangle.length];
    int exceeded = 0;
    for (int r = 1; r <= replicates; r++) {
      random.moveTo(seed.child(r));
      for (int a = 0; a < sign.length; a++) {
        sign[a] = random.nextBoolean() ? 1 : -1;
      }
      exceeded += signed(triangle, sign) >= sum ? 1 : 0;
      if (exceeded == EXCEEDANCES) {
        return (double) EXCEEDANCES / r;
      }
    }
    return (exceeded + 1.0) / (replicates + 1);
  }

  private static double signed(double[][] triangle, double[] sign) {
    double sum = 0;
    for (int a = 1; a < triangle.length; a++) {
      double[] row = triangle[a];
      double part = 0;
      for (int b = 0; b < a; b++) {
        part += sign[b] * row[b];
      }
      sum += sign[a] * part;
    }
    return sum;
  }
}
