package dev.langevin.anneal;

import java.util.Arrays;

/** Normalised weights of particles, and where each descends from: what sequential Monte Carlo knows beside the points. */
final class Weights {
  private final double[] weights;
  private final int[] eve; // the first particle from which each descends
  private int resamplings;

  Weights(int particles) {
    weights = new double[particles];
    eve = new int[particles];
    for (int i = 0; i < particles; i++) {
      eve[i] = i;
    }
    level();
  }

  private void level() {
    Arrays.fill(weights, 1.0 / weights.length);
  }

  double of(int i) {
    return weights[i];
  }

  /** (Σ W w)²/Σ W w² with w = exp(step l): 1 if all are equal. */
  double conditional(double[] l, double step) {
    double high = highest(l, step);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < l.length; i++) {
      double w = weights[i] == 0 ? 0 : StrictMath.exp(step * l[i] - high);
      sum += weights[i] * w;
      squares += weights[i] * w * w;
    }
    return sum * sum / squares;
  }

  /** Multiplies by w = exp(step l) and normalises; returns log Σ W w. */
  double reweigh(double[] l, double step) {
    double high = highest(l, step);
    double sum = 0;
    for (int i = 0; i < l.length; i++) {
      weights[i] *= weights[i] == 0 ? 0 : StrictMath.exp(step * l[i] - high);
      sum += weights[i];
    }
    for (int i = 0; i < l.length; i++) {
      weights[i] /= sum;
    }
    return high + StrictMath.log(sum);
  }

  /** The largest log w among particles that count. */
  private double highest(double[] l, double step) {
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < l.length; i++) {
      high = weights[i] > 0 ? Math.max(high, step * l[i]) : high;
    }
    return high;
  }

  /** (Σ W²)⁻¹. */
  double effective() {
    double squares = 0;
    for (double w : weights) {
      squares += w * w;
    }
    return 1 / squares;
  }

  /** Systematic resampling (Kitagawa 1996): particle i is copied as often as a multiple of 1/N, moved by u/N, falls into its share. Returns the ancestors. */
  int[] resample(double u) {
    int n = weights.length;
    int[] ancestors = new int[n];
    int[] older = eve.clone();
    double sum = weights[0];
    int i = 0;
    for (int k = 0; k < n; k++) {
      while (i < n - 1 && sum * n <= k + u) {
        sum += weights[++i];
      }
      ancestors[k] = lastThatCounts(i);
      eve[k] = older[ancestors[k]];
    }
    resamplings++;
    level();
    return ancestors;
  }

  /** Rounding of the sum may run past the last particle with a weight. */
  private int lastThatCounts(int i) {
    while (weights[i] == 0) {
      i--;
    }
    return i;
  }

  /** How many first particles have offspring with a weight. */
  int lineages() {
    return (int) Arrays.stream(families()).filter(w -> w > 0).count();
  }

  private double[] families() {
    double[] family = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      family[eve[i]] += weights[i];
    }
    return family;
  }

  /** The relative variance of the estimate of Z: 1 - (N/(N-1))^(r+1) (1 - Σ_e (Σ_{i of lineage e} W_i)²) after r resamplings. */
  double relativeVariance() {
    double n = weights.length;
    double within = 0;
    for (double w : families()) {
      within += w * w;
    }
    return Math.max(0, 1 - StrictMath.pow(n / (n - 1), resamplings + 1.0) * (1 - within));
  }
}
