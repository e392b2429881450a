package dev.langevin.distance;

import dev.langevin.math.GaussKronrod;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Integrals of two functions at once over a box, by cells: each by the product of Kronrod rules, its error estimated by the difference from Gauss's; the cell with the largest error is
 * cut into 2<sup>d</sup> until the sum of errors is small enough (globally adaptive, de Ridder &amp; van Dooren 1976). Used by one thread.
 */
final class CellIntegral {
  /** Two functions of a point. */
  interface Pair {
    /** Writes both values into {@code out}. */
    void at(double[] x, double[] out);
  }

  private final Pair functions;
  private final double[] x;
  private final double[] value = new double[2];
  private final double[] coarse = new double[2];
  private long evaluations;

  CellIntegral(Pair functions, int d) {
    this.functions = functions;
    x = new double[d];
  }

  /** Both integrals over a cell, and the estimates of their errors. */
  record Cell(Box box, double first, double second, double firstError, double secondError) {
    double error() {
      return Math.max(firstError, secondError);
    }
  }

  /** Over one cell, without cutting it. */
  Cell over(Box box) {
    double[] fine = new double[2];
    coarse[0] = 0;
    coarse[1] = 0;
    double size = 1;
    for (int k = 0; k < x.length; k++) {
      size *= 0.5 * (box.high(k) - box.low(k));
    }
    for (int i = 0; i < GaussKronrod.NODES; i++) {
      place(box, 0, i);
      if (x.length == 1) {
        add(fine, GaussKronrod.weight(i), GaussKronrod.gauss(i));
      } else {
        for (int j = 0; j < GaussKronrod.NODES; j++) {
          place(box, 1, j);
          add(
              fine,
              GaussKronrod.weight(i) * GaussKronrod.weight(j),
              GaussKronrod.gauss(i) * GaussKronrod.gauss(j));
        }
      }
    }
    double firstError = size * Math.abs(fine[0] - coarse[0]);
    double secondError = size * Math.abs(fine[1] - coarse[1]);
    return new Cell(box, size * fine[0], size * fine[1], firstError, secondError);
  }

  private void place(Box box, int k, int node) {
    double half = 0.5 * (box.high(k) - box.low(k));
    x[k] = box.low(k) + half * (1 + GaussKronrod.node(node));
  }

  private void add(double[] fine, double weight, double gauss) {
    functions.at(x, value);
    evaluations++;
    for (int c = 0; c < 2; c++) {
      fine[c] += weight * value[c];
      coarse[c] += gauss * value[c];
    }
  }

  /** Over the whole box, from {@code cells} along every axis, until neither error exceeds the tolerance or so many evaluations are spent. */
  Cell adaptive(Box box, int cells, double tolerance, long most) {
    PriorityQueue<Cell> queue =
        new PriorityQueue<>(Comparator.comparingDouble(Cell::error).reversed());
    for (int index = 0; index < box.cells(cells); index++) {
      queue.add(over(box.cell(index, cells)));
    }
    Cell sum = sum(queue, box);
    while (sum.error() > tolerance && evaluations < most) {
      // Cut a batch of the worst before summing again: a running sum would keep the rounding errors
      // of what was cut.
      int batch = Math.max(1, queue.size() / 8);
      for (int b = 0; b < batch; b++) {
        Box worst = queue.remove().box();
        for (int index = 0; index < box.cells(2); index++) {
          queue.add(over(worst.cell(index, 2)));
        }
      }
      sum = sum(queue, box);
    }
    return sum;
  }

  private static Cell sum(Iterable<Cell> cells, Box box) {
    double first = 0;
    double second = 0;
    double firstError = 0;
    double secondError = 0;
    for (Cell cell : cells) {
      first += cell.first();
      second += cell.second();
      firstError += cell.firstError();
      secondError += cell.secondError();
    }
    return new Cell(box, first, second, firstError, secondError);
  }
}
