package dev.langevin.app.plot;

import java.util.Arrays;
import java.util.Comparator;

/** Ranks among all draws, counted in bins. */
final class RankHistogram {
  private RankHistogram() {}

  /**
   * How many draws of each chain rank in each of {@code bins} equal parts of the ranks of all. Ties rank in the order of chains and
   * draws.
   *
   * @param x {@code [chain][draw]}
   * @return {@code [chain][bin]}
   */
  static int[][] counts(double[][] x, int bins) {
    int length = x[0].length;
    Integer[] order = new Integer[x.length * length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> x[i / length][i % length]));
    int[][] counts = new int[x.length][bins];
    for (int rank = 0; rank < order.length; rank++) {
      counts[order[rank] / length][(int) ((long) rank * bins / order.length)]++;
    }
    return counts;
  }
}
