package dev.langevin.anneal;

import dev.langevin.math.Check;

/** How simulated annealing raises the inverse temperature β from level to level. */
public sealed interface Cooling {
  /** β of the first level. */
  double first();

  /**
   * β of the next level, or positive infinity if there is none.
   *
   * @param level number of levels so far, at least 1
   * @param beta β of the last
   * @param spread standard deviation of f over the last level's steps
   */
  double next(int level, double beta, double spread);

  /**
   * β grows by a constant factor (Kirkpatrick, Gelatt &amp; Vecchi 1983).
   *
   * @param first β of the first level; positive
   * @param last β of the last level; larger
   * @param levels at least 2
   */
  record Geometric(double first, double last, int levels) implements Cooling {
    public Geometric {
      requireRange(first, last);
      Check.atLeast("levels", levels, 2);
    }

    @Override
    public double next(int level, double beta, double spread) {
      return level < levels
          ? first * StrictMath.pow(last / first, level / (levels - 1.0))
          : Double.POSITIVE_INFINITY;
    }
  }

  /**
   * β_k = log(1 + k)/c. On a finite set it ends in the minimisers with probability 1 if and only if c is at least the depth of the deepest valley that is not the
   * lowest (Hajek 1988, theorem 1); it is slow.
   *
   * @param depth c, in units of f; positive
   * @param levels at least 2
   */
  record Logarithmic(double depth, int levels) implements Cooling {
    public Logarithmic {
      Check.positive("depth", depth);
      Check.atLeast("levels", levels, 2);
    }

    @Override
    public double first() {
      return StrictMath.log(2) / depth;
    }

    @Override
    public double next(int level, double beta, double spread) {
      return level < levels ? StrictMath.log(2.0 + level) / depth : Double.POSITIVE_INFINITY;
    }
  }

  /**
   * β grows by δ/(standard deviation of f): neighbouring levels overlap equally, so it is slow where much freezes (Huang, Romeo &amp; Sangiovanni-Vincentelli
   * 1986; Salamon et al. 1988). At most by a factor of 2.
   *
   * @param first β of the first level; positive
   * @param last no level is colder; larger
   * @param step δ; positive, 0.5 is usual
   */
  record Adaptive(double first, double last, double step) implements Cooling {
    public Adaptive {
      requireRange(first, last);
      Check.positive("step", step);
    }

    @Override
    public double next(int level, double beta, double spread) {
      return beta >= last
          ? Double.POSITIVE_INFINITY
          : Math.min(last, Math.min(2 * beta, beta + step / spread));
    }
  }

  private static void requireRange(double first, double last) {
    Check.positive("first", first);
    Check.positive("last", last);
    if (!(last > first)) {
      throw new IllegalArgumentException("last must be above first = " + first + ", got " + last);
    }
  }
}
