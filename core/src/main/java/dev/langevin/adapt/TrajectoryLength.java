package dev.langevin.adapt;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * Finds the length of trajectories that makes draws cheapest, from the points on the way of trajectories that are longer than that.
 *
 * <p>With c_i = (x_i - m_i)², a kernel of trajectories of length t makes draws whose c_i have the correlation ρ_i(t), so about
 * t (1 + ρ)/(1 - ρ) of length for an independent one. 1 - ρ_i(t) is the variogram E(c_i(t) - c_i(0))²/(2 var c_i), averaged over the coordinates and over the
 * lengths that a jitter gives. Squares and not positions, since positions turn antithetic first (on a Gaussian cos t, squares cos² t) while squares are
 * what is slow. Akin to the criterion of ChEES (Hoffman, Radul &amp; Sountsov 2021), read off along trajectories in place of at their ends.
 */
final class TrajectoryLength {
  private static final int BINS = 48;
  private static final int LEAST = 4;

  private final double[] centre;
  private final double longest;
  private final RunningVariance squares;
  private final double[] square;
  private final double[][] gaps; // [bin][i], sums of (c_i(t) - c_i(0))²
  private final int[] counts;

  /**
   * Nothing seen yet.
   *
   * @param centre m, length d; copied
   * @param longest lengths beyond are not looked at; positive
   */
  TrajectoryLength(double[] centre, double longest) {
    this.centre = centre.clone();
    this.longest = Check.positive("longest", longest);
    this.squares = new RunningVariance(centre.length);
    this.square = new double[centre.length];
    this.gaps = new double[BINS][centre.length];
    this.counts = new int[BINS];
  }

  /** Sees the point that a trajectory from {@code begin} has reached after {@code length}. */
  void add(double[] begin, double length, double[] at) {
    int bin = (int) (BINS * length / longest);
    for (int i = 0; i < square.length; i++) {
      square[i] = (at[i] - centre[i]) * (at[i] - centre[i]);
    }
    squares.add(square);
    if (bin >= BINS) {
      return;
    }
    counts[bin]++;
    for (int i = 0; i < square.length; i++) {
      double before = (begin[i] - centre[i]) * (begin[i] - centre[i]);
      gaps[bin][i] += (square[i] - before) * (square[i] - before);
    }
  }

  /**
   * The best length, {@code shortest} or longer: a few trajectories in few dimensions can look decorrelated by chance.
   *
   * @param jitter half-width of the uniform factor on lengths, 0 to 1
   * @param shortest the least answer
   * @param otherwise the answer where too little was seen
   */
  double best(double jitter, double shortest, double otherwise) {
    double best = otherwise;
    double least = Double.POSITIVE_INFINITY;
    for (int bin = 0; bin < BINS; bin++) {
      double cost = middle(bin) < shortest ? Double.POSITIVE_INFINITY : cost(bin, jitter);
      if (cost < least) {
        least = cost;
        best = middle(bin);
      }
    }
    return best;
  }

  private double middle(int bin) {
    return (bin + 0.5) * longest / BINS;
  }

  /** t (1 + ρ)/(1 - ρ) for lengths around that of the bin; infinite where too little was seen. */
  private double cost(int bin, double jitter) {
    int from = (int) ((1 - jitter) * (bin + 0.5));
    int to = Math.max(from, (int) ((1 + jitter) * (bin + 0.5)));
    if (to >= BINS || count(from, to) < LEAST) {
      return Double.POSITIVE_INFINITY;
    }
    double gap = Math.min(1.9, gap(from, to));
    return middle(bin) * (2 - gap) / gap;
  }

  private int count(int from, int to) {
    return Arrays.stream(counts, from, to + 1).sum();
  }

  /** 1 - ρ over these bins. */
  private double gap(int from, int to) {
    double sum = 0;
    for (int i = 0; i < centre.length; i++) {
      double gap = 0;
      for (int bin = from; bin <= to; bin++) {
        gap += gaps[bin][i];
      }
      double variance = squares.variance(i);
      sum += variance > 0 ? gap / (2 * variance * count(from, to)) : 0;
    }
    return sum / centre.length;
  }
}
