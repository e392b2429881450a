package dev.langevin.anneal;

import java.util.Arrays;

/** Normalised weights of particles, and where each descends from: what sequential Monte Carlo knows beside the points. */
final class Weights {
  private final double[] weights;
  private final int[] eve; // the first particle from which each descends
  private double
      correction; // of the share of pairs without common ancestor, for what resampling took from it

  Weights(int particles) {
    weights = new double[particles];
    eve = new int[particles];
    for (int i = 0; i < particles; i++) {
      eve[i] = i;
    }
    correction = particles / (particles - 1.0);
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
    correct();
    double sum = weights[0];
    int i = 0;
    for (int k = 0; k < n; k++) {
      while (i < n - 1 && sum * n <= k + u) {
        sum += weights[++i];
      }
      ancestors[k] = lastThatCounts(i);
      eve[k] = older[ancestors[k]];
    }
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

  /**
   * The relative variance of the estimate of Z (Lee &amp; Whiteley 2018, equation 9): 1 - c P with P = 1 - Σ_e W_e² the share of pairs from different first
   * particles e, W_e the weight of e's offspring. Each resampling takes pairs away by chance, which c gives back. Theirs is multinomial, where c is N/(N-1) each
   * time. Systematic resampling rounds N W_e up or down (lineages are neighbours, as resampling keeps the order), so with v_e = f_e (1 - f_e), f_e the fraction of N W_e, P
   * becomes P - Σ v_e/N² on the average. With their c the error would come out too small by a third.
   */
  double relativeVariance() {
    return Math.max(0, 1 - correction * pairs(families()));
  }

  private static double pairs(double[] families) {
    double within = 0;
    for (double w : families) {
      within += w * w;
    }
    return 1 - within;
  }

  private void correct() {
    double[] families = families();
    double n = weights.length;
    double rounding = 0;
    for (double w : families) {
      double fraction = n * w - Math.floor(n * w);
      rounding += fraction * (1 - fraction) / (n * n);
    }
    double pairs = pairs(families);
    correction *= pairs > rounding ? pairs / (pairs - rounding) : 1;
  }
}
