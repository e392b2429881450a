package dev.langevin.diagnostics;

import dev.langevin.math.NormalQuantile;
import java.util.Arrays;

/** Chains with the order of their draws, found once: quantiles, ranks, and ranks of distances from the median cost a pass each. */
final class Ranked {
  private interface Rising {
    double at(int i);
  }

  private static final int DIGIT = 11; // bits; six digits hold a double
  private static final int DIGITS = 6;

  private final int chains;
  private final double[] sorted;
  private final int[] order; // which draw, chain after chain, stands at a place of sorted

  Ranked(double[][] x) {
    double[] pooled = Series.pooled(x);
    chains = x.length;
    order = order(pooled);
    sorted = new double[pooled.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = pooled[order[i]];
    }
  }

  /**
   * The indices of {@code x} by rising value, equal values by rising index: a radix sort from the lowest digit up (Knuth 1998, 5.2.5),
   * of the bits of each double as an integer of the same order. To sort the values and search each draw's place in them took
   * eight times as long for 400,000 draws, most of it waiting for memory.
   */
  private static int[] order(double[] x) {
    int total = x.length;
    long[] key = new long[total];
    int[] order = new int[total];
    int[][] end = new int[DIGITS][1 << DIGIT];
    for (int i = 0; i < total; i++) {
      long bits = Double.doubleToLongBits(x[i] + 0.0); // no negative zero
      key[i] = bits ^ ((bits >> 63) | Long.MIN_VALUE);
      order[i] = i;
      for (int d = 0; d < DIGITS; d++) {
        end[d][digit(key[i], d)]++;
      }
    }
    long[] keyOut = new long[total];
    int[] orderOut = new int[total];
    for (int d = 0; d < DIGITS; d++) {
      accumulate(end[d]);
      for (int i = total - 1; i >= 0; i--) {
        int to = --end[d][digit(key[i], d)];
        keyOut[to] = key[i];
        orderOut[to] = order[i];
      }
      long[] keySwap = key;
      key = keyOut;
      keyOut = keySwap;
      int[] orderSwap = order;
      order = orderOut;
      orderOut = orderSwap;
    }
    return order;
  }

  private static int digit(long key, int d) {
    return (int) (key >>> (d * DIGIT)) & ((1 << DIGIT) - 1);
  }

  private static void accumulate(int[] count) {
    for (int k = 1; k < count.length; k++) {
      count[k] += count[k - 1];
    }
  }

  /** All draws, smallest first; not to be written to. */
  double[] sorted() {
    return sorted;
  }

  /**
   * Rank-normalised draws, z = Φ⁻¹((r - 3/8)/(S + 1/4)), r the rank among all S draws, averaged over ties (Vehtari et al. 2021, eq.
   * 14; the offset is Blom's, 1958). The Stan manual prints S - 1/4 by mistake.
   */
  double[][] normalised() {
    return spread(scores(i -> sorted[i]));
  }

  /** The same of |x - median|. */
  double[][] normalisedDistance() {
    double median = Series.quantile(sorted, 0.5);
    int[] outwards = outwards(median);
    double[] score = scores(i -> Math.abs(sorted[outwards[i]] - median));
    double[] back = new double[score.length];
    for (int i = 0; i < back.length; i++) {
      back[outwards[i]] = score[i];
    }
    return spread(back);
  }

  /** The places of {@link #sorted} by their distance from the median: merges the two sides. */
  private int[] outwards(double median) {
    int[] order = new int[sorted.length];
    int up = 0;
    while (up < sorted.length && sorted[up] < median) {
      up++;
    }
    int down = up - 1;
    for (int i = 0; i < order.length; i++) {
      boolean takeUpper =
          down < 0 || (up < sorted.length && sorted[up] - median < median - sorted[down]);
      order[i] = takeUpper ? up++ : down--;
    }
    return order;
  }

  /** z for each place of an order in which {@code value} never falls. */
  private double[] scores(Rising value) {
    int total = sorted.length;
    double[] score = new double[total];
    for (int first = 0, end; first < total; first = end) {
      end = first + 1;
      while (end < total && value.at(end) == value.at(first)) {
        end++;
      }
      double rank = (first + 1 + end) / 2.0;
      Arrays.fill(score, first, end, NormalQuantile.of((rank - 0.375) / (total + 0.25)));
    }
    return score;
  }

  private double[][] spread(double[] score) {
    int draws = sorted.length / chains;
    double[][] z = new double[chains][draws];
    for (int i = 0; i < score.length; i++) {
      z[order[i] / draws][order[i] % draws] = score[i];
    }
    return z;
  }
}
