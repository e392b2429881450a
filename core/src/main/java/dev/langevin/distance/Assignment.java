package dev.langevin.distance;

import java.util.Arrays;

/**
 * The cheapest one-to-one assignment of n rows to n columns, exactly, with its dual prices: the method of Jonker &amp; Volgenant (1987), which is
 * Hungarian with a good start. Columns take their cheapest row; rows left over bid for columns as in an auction; those then still free are placed one by one along shortest
 * augmenting paths (Dijkstra). At the end u_i + v_j ≤ c_ij for all pairs, with equality where assigned.
 *
 * <p>O(n³) at worst; on clouds of points far less (measured in {@link AssignmentWasserstein}). Holds the n² costs. Used by one thread, once.
 */
final class Assignment {
  private static final int FREE = -1;

  private final int n;
  private final double[] cost;
  private final int[] columnOf;
  private final int[] rowOf;
  private final double[] price;

  /**
   * Solves.
   *
   * @param cost {@code n × n}, row-major, finite; not changed
   */
  Assignment(double[] cost, int n) {
    this.n = n;
    this.cost = cost;
    columnOf = new int[n];
    rowOf = new int[n];
    price = new double[n];
    Arrays.fill(columnOf, FREE);
    Arrays.fill(rowOf, FREE);
    takeCheapestRows();
    bid();
    bid();
    Path path = new Path();
    for (int row = 0; row < n; row++) {
      if (columnOf[row] == FREE) {
        path.place(row);
      }
    }
  }

  /** The column of each row. */
  int[] columns() {
    return columnOf;
  }

  /** v. */
  double[] columnPrices() {
    return price;
  }

  /** u_i = c_ij - v_j at the assigned j. */
  double[] rowPrices() {
    double[] u = new double[n];
    for (int i = 0; i < n; i++) {
      u[i] = cost[i * n + columnOf[i]] - price[columnOf[i]];
    }
    return u;
  }

  /** Each column's price becomes its least cost, and the row of it takes the column if it is still free. */
  private void takeCheapestRows() {
    int[] cheapest = new int[n];
    System.arraycopy(cost, 0, price, 0, n);
    for (int i = 1; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (cost[i * n + j] < price[j]) {
          price[j] = cost[i * n + j];
          cheapest[j] = i;
        }
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      if (columnOf[cheapest[j]] == FREE) {
        columnOf[cheapest[j]] = j;
        rowOf[j] = cheapest[j];
      }
    }
  }

  /** Each free row takes its best column and lowers the price by as much as it is better than the second best; who is displaced bids next. */
  private void bid() {
    int bids = 4 * n; // rounding could let two rows displace each other for ever
    for (int start = 0; start < n; start++) {
      int row = columnOf[start] == FREE ? start : FREE;
      while (row != FREE && bids-- > 0) {
        row = bid(row);
      }
    }
  }

  /** One bid; returns who must bid again at once, or {@link #FREE}. */
  private int bid(int row) {
    double least = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    int best = FREE;
    int other = FREE;
    for (int j = 0; j < n; j++) {
      double reduced = cost[row * n + j] - price[j];
      if (reduced < second) {
        if (reduced < least) {
          second = least;
          other = best;
          least = reduced;
          best = j;
        } else {
          second = reduced;
          other = j;
        }
      }
    }
    boolean better = least < second && other != FREE;
    if (better) {
      price[best] -= second - least;
    } else if (rowOf[best] != FREE && other != FREE) {
      best = other;
    }
    int displaced = rowOf[best];
    if (displaced != FREE && !better) {
      return FREE; // a tie with both taken: a path will place this row
    }
    rowOf[best] = row;
    columnOf[row] = best;
    if (displaced != FREE) {
      columnOf[displaced] = FREE;
    }
    return displaced;
  }

  /** Shortest augmenting paths, with scratch arrays. */
  private final class Path {
    private final double[] distance = new double[n];
    private final int[] from = new int[n]; // the row through which a column is reached
    private final int[] open = new int[n]; // columns not yet settled, then those settled
    private double reached;

    void place(int start) {
      int settled = search(start);
      int column = open[settled];
      for (int k = settled + 1; k < n; k++) {
        int j = open[k];
        price[j] += distance[j] - reached;
      }
      int row = FREE;
      while (row != start) {
        row = from[column];
        int next = columnOf[row];
        rowOf[column] = row;
        columnOf[row] = column;
        column = next;
      }
    }

    /** Settles columns by distance until a free one; it then lies in {@code open} at the index returned, settled ones after it. */
    private int search(int start) {
      for (int j = 0; j < n; j++) {
        open[j] = j;
        distance[j] = cost[start * n + j] - price[j];
        from[j] = start;
      }
      int left = n;
      int nearest = nearest(left);
      while (true) {
        int column = open[nearest];
        open[nearest] = open[--left];
        open[left] = column;
        reached = distance[column];
        int row = rowOf[column];
        if (row == FREE) {
          return left;
        }
        nearest = relax(row, column, left);
      }
    }

    private int nearest(int left) {
      int nearest = 0;
      for (int k = 1; k < left; k++) {
        nearest = distance[open[k]] < distance[open[nearest]] ? k : nearest;
      }
      return nearest;
    }

    /** Goes on from a settled column by its row; returns where the nearest open column is. */
    private int relax(int row, int column, int left) {
      double offset = reached - (cost[row * n + column] - price[column]);
      double least = Double.POSITIVE_INFINITY;
      int nearest = 0;
      for (int k = 0; k < left; k++) {
        int j = open[k];
        double through = offset + cost[row * n + j] - price[j];
        if (through < distance[j]) {
          distance[j] = through;
          from[j] = row;
        }
        if (distance[j] < least) {
          least = distance[j];
          nearest = k;
        }
      }
      return nearest;
    }
  }
}
