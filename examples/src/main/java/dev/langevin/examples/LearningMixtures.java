package dev.langevin.examples;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.mixture.ExpectationMaximisation;
import dev.langevin.mixture.MixtureStudent;
import dev.langevin.mixture.NoiseStages;
import dev.langevin.mixture.NoisedLoss;
import dev.langevin.mixture.PowerMethod;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/** Gradient descent on the DDPM objective is the power method at large noise and EM at small noise: learning the pair ½N(μ, I) + ½N(-μ, I). */
public final class LearningMixtures {
  private LearningMixtures() {}

  /** Draws of the pair whose μ has this length and equal coordinates. */
  static double[] rows(double[] mu, int n, Seed seed) {
    GaussianMixture law = MixtureStudent.pair(mu.length).law(mu);
    AddressedRandom random = seed.random();
    double[] rows = new double[n * mu.length];
    double[] row = new double[mu.length];
    for (int i = 0; i < n; i++) {
      law.sample(random, row);
      System.arraycopy(row, 0, rows, i * mu.length, mu.length);
    }
    return rows;
  }

  static double[] diagonal(int dimension, double length) {
    double[] mu = new double[dimension];
    Arrays.fill(mu, length / Math.sqrt(dimension));
    return mu;
  }

  /**
   * The cosines of -∇L_t(μ) with a step of the power method whose length is held, (M - I)μ - ‖μ‖²μ, and with a step of EM, EM(μ) - μ, at a point far off the truth.
   *
   * @return both, the power method's first
   */
  static double[] regime(double time) {
    int d = 5;
    double[] truth = diagonal(d, 4);
    double[] rows = rows(truth, 5000, Seed.of(1));
    double[] mu = {2.5, -1, 1, -1.5, 1};
    MixtureStudent pair = MixtureStudent.pair(d);
    double[] down = new double[d];
    new NoisedLoss(time, 8).gradient(pair, mu, rows, Seed.of(2), down);
    double[] power = new double[d];
    new PowerMethod().apply(rows, mu, power);
    double[] em = mu.clone();
    new ExpectationMaximisation().step(pair, em, rows);
    double square = dot(mu, mu);
    for (int i = 0; i < d; i++) {
      down[i] = -down[i];
      power[i] -= square * mu[i];
      em[i] -= mu[i];
    }
    return new double[] {cosine(down, power), cosine(down, em)};
  }

  /**
   * How far from ±μ three learners end, from one random start: two stages of descent, EM, the power method; in units of the floor √(d/n).
   *
   * @param length of μ: half the distance of the modes
   */
  static double[] errors(int dimension, int n, double length) {
    double[] truth = diagonal(dimension, length);
    double[] rows = rows(truth, n, Seed.of(3));
    double[] start = new double[dimension];
    Seed.of(4).random().fillGaussian(start, 0, dimension);
    for (int i = 0; i < dimension; i++) {
      start[i] *= 0.1;
    }
    MixtureStudent pair = MixtureStudent.pair(dimension);
    double[] descent = NoiseStages.two(1, 20, 0.2, 30).learn(pair, start, rows, Seed.of(5));
    double[] em = start.clone();
    for (int step = 0; step < 50; step++) {
      new ExpectationMaximisation().step(pair, em, rows);
    }
    double[] power = new PowerMethod().estimate(rows, start, 50);
    double floor = Math.sqrt((double) dimension / n);
    return new double[] {
      distance(descent, truth) / floor, distance(em, truth) / floor, distance(power, truth) / floor
    };
  }

  private static double cosine(double[] a, double[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** To μ or -μ, whichever is nearer. */
  private static double distance(double[] a, double[] mu) {
    return Math.sqrt(dot(a, a) + dot(mu, mu) - 2 * Math.abs(dot(a, mu)));
  }

  /** Prints the two tables of docs/learning-mixtures.md. */
  public static void main(String[] args) {
    System.out.println("time   cosine with the power method   with EM");
    for (double time : new double[] {3, 2, 1, 0.5, 0.2, 0.05}) {
      double[] cosines = regime(time);
      System.out.printf("%4.2f   %.3f   %.3f%n", time, cosines[0], cosines[1]);
    }
    System.out.println("d   n   ‖μ‖   two stages   EM   power method, in √(d/n)");
    int[][] sizes = {{5, 1000}, {20, 1000}, {20, 4000}};
    for (int[] size : sizes) {
      for (double length : new double[] {1, 2, 3}) {
        double[] e = errors(size[0], size[1], length);
        System.out.printf(
            "%d   %d   %.0f   %.2f   %.2f   %.2f%n", size[0], size[1], length, e[0], e[1], e[2]);
      }
    }
  }
}
