package dev.langevin.bench;

import dev.langevin.density.Model;
import dev.langevin.density.target.Banana;
import dev.langevin.density.target.Funnel;
import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * A model whose reported quantities have known second and fourth moments.
 *
 * @param name for the table
 * @param model reports its coordinates
 * @param mean E x_i²
 * @param variance Var x_i²
 */
record SquaresTarget(String name, Model model, double[] mean, double[] variance) {
  /** N(0, I). */
  static SquaresTarget iid(int d) {
    return gaussian("iid Gaussian " + d, Gaussian.iid(d));
  }

  /** N(0, diag(λ)), λ from κ^-½ to κ^½ evenly on the log scale. */
  static SquaresTarget illConditioned(int d, double kappa) {
    return gaussian("Gaussian κ=" + (int) kappa + ", " + d, Gaussian.illConditioned(d, kappa));
  }

  /** The same, turned by a rotation uniform on the orthogonal group (Gram and Schmidt on normals). */
  static SquaresTarget rotated(int d, double kappa) {
    double[][] axes = orthogonal(d, Seed.of(36).child("rotation").random());
    double[][] diagonal = Gaussian.illConditioned(d, kappa).covariance();
    double[][] covariance = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        for (int k = 0; k < d; k++) {
          covariance[i][j] += axes[k][i] * diagonal[k][k] * axes[k][j];
        }
        covariance[j][i] = covariance[i][j];
      }
    }
    Gaussian rotated = Gaussian.of(new double[d], covariance);
    return gaussian("Gaussian κ=" + (int) kappa + " rotated, " + d, rotated);
  }

  private static double[][] orthogonal(int d, AddressedRandom random) {
    double[][] q = new double[d][d];
    for (int i = 0; i < d; i++) {
      random.fillGaussian(q[i], 0, d);
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          axpy(-dot(q[i], q[j]), q[j], q[i]);
        }
      }
      double scale = 1 / Math.sqrt(dot(q[i], q[i]));
      axpy(scale - 1, q[i], q[i]);
    }
    return q;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void axpy(double c, double[] a, double[] into) {
    for (int i = 0; i < a.length; i++) {
      into[i] += c * a[i];
    }
  }

  private static SquaresTarget gaussian(String name, Gaussian gaussian) {
    int d = gaussian.dimension();
    double[] mean = new double[d];
    double[] variance = new double[d];
    for (int i = 0; i < d; i++) {
      mean[i] = gaussian.covariance()[i][i];
      variance[i] = 2 * mean[i] * mean[i];
    }
    return new SquaresTarget(name, gaussian, mean, variance);
  }

  /** d/2 independent pairs x ~ N(1, 1), y | x ~ N(x², 0.1); see {@link Rosenbrock}. */
  static SquaresTarget rosenbrock(int pairs) {
    Rosenbrock model = new Rosenbrock(pairs);
    double q = Rosenbrock.VARIANCE;
    double ex4 = 10; // 1 + 6 + 3
    double ex8 = 764; // 1 + 28 + 210 + 420 + 105
    double ey2 = ex4 + q;
    double ey4 = ex8 + 6 * q * ex4 + 3 * q * q;
    double[] mean = new double[2 * pairs];
    double[] variance = new double[2 * pairs];
    Arrays.fill(mean, 0, pairs, 2);
    Arrays.fill(mean, pairs, 2 * pairs, ey2);
    Arrays.fill(variance, 0, pairs, ex4 - 4);
    Arrays.fill(variance, pairs, 2 * pairs, ey4 - ey2 * ey2);
    return new SquaresTarget("Rosenbrock " + 2 * pairs, model, mean, variance);
  }

  /** x ~ N(0, 10²), y | x ~ N(-0.03 (x² - 100), 1). */
  static SquaresTarget banana() {
    double c2 = 9; // (0.03 · 100)²; (x/10)² - 1 has second moment 2 and fourth moment 60
    double ey2 = 2 * c2 + 1;
    double ey4 = 60 * c2 * c2 + 6 * 2 * c2 + 3;
    return new SquaresTarget(
        "banana 2",
        new Banana(2, 0.03, 10),
        new double[] {100, ey2},
        new double[] {2e4, ey4 - ey2 * ey2});
  }

  /** Neal's funnel. The squares of all but the first coordinate have a variance of 10⁸, beside which the error of any short run looks small: read with care. */
  static SquaresTarget funnel(int d) {
    double[] mean = new double[d];
    double[] variance = new double[d];
    Arrays.fill(mean, StrictMath.exp(4.5));
    Arrays.fill(variance, 3 * StrictMath.exp(18) - StrictMath.exp(9));
    mean[0] = 9;
    variance[0] = 162;
    return new SquaresTarget("funnel " + d, new Funnel(d), mean, variance);
  }

  /** 3/4 N(0, I) + 1/4 N(4 e1, 0.6² I). */
  static SquaresTarget twoGaussians(int d) {
    double s2 = 0.36;
    double[][] means = new double[2][d];
    means[1][0] = 4;
    GaussianMixture model =
        GaussianMixture.isotropic(new double[] {0.75, 0.25}, means, new double[] {1, 0.6});
    double[] mean = new double[d];
    double[] variance = new double[d];
    double others = 0.75 + 0.25 * s2;
    Arrays.fill(mean, others);
    Arrays.fill(variance, 3 * (0.75 + 0.25 * s2 * s2) - others * others);
    mean[0] = 0.75 + 0.25 * (16 + s2);
    double ex4 = 0.75 * 3 + 0.25 * (256 + 6 * 16 * s2 + 3 * s2 * s2);
    variance[0] = ex4 - mean[0] * mean[0];
    return new SquaresTarget("two Gaussians " + d, model, mean, variance);
  }
}
