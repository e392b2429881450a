package dev.langevin.distance;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * The nearest of many rows to each of others, Euclidean, by all pairs: the rows are taken in blocks that stay in a fast cache while all the others pass by. The differences themselves are squared, so that
 * equal rows have distance 0. O(n · m · d) for n and m rows of d columns.
 *
 * @param rows for each row of {@code x}, the index of its nearest row, the first of equals
 * @param squares the squared distances to it
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers, lent
public record NearestRows(int[] rows, double[] squares) {
  private static final int BLOCK = 256;

  /**
   * Looks for them.
   *
   * @param x {@code n × d}, row-major, finite
   * @param from first row of {@code x} to look at
   * @param to row of {@code x} after the last to look at
   * @param y {@code m × d}, row-major, finite, at least one row
   * @param d columns, at least 1
   * @return {@code to - from} nearest rows
   */
  public static NearestRows of(double[] x, int from, int to, double[] y, int d) {
    Check.atLeast("d", d, 1);
    Check.atLeast("rows of y", y.length / d, 1);
    finite("x", x);
    finite("y", y);
    Check.between("to", to, 0, x.length / d);
    Check.between("from", from, 0, to);
    NearestRows found = new NearestRows(new int[to - from], new double[to - from]);
    Arrays.fill(found.squares, Double.POSITIVE_INFINITY);
    int m = y.length / d;
    double[] line = new double[BLOCK];
    for (int start = 0; start < m; start += BLOCK) {
      int width = Math.min(BLOCK, m - start);
      RowPairs block =
          new RowPairs(Arrays.copyOfRange(y, start * d, (start + width) * d), width, d);
      for (int i = from; i < to; i++) {
        block.squaredDistances(x, i, line, width);
        found.improve(i - from, line, start, width);
      }
    }
    return found;
  }

  private static void finite(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(name + "[" + i + "] must be finite, got " + values[i]);
      }
    }
  }

  private void improve(int i, double[] line, int start, int width) {
    for (int j = 0; j < width; j++) {
      if (line[j] < squares[i]) {
        squares[i] = line[j];
        rows[i] = start + j;
      }
    }
  }
}
