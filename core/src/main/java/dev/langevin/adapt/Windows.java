package dev.langevin.adapt;

import dev.langevin.math.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * Stan's schedule of a warm-up: a first stretch in which only the step size learns, windows of doubling length at whose ends the metric
 * is renewed from the window's own draws, and a last stretch for the step size alone. 1000 iterations are
 * 75 | 25 50 100 200 500 | 50: each window doubles the one before, and the last takes what is left when the next would not fit.
 * Fewer than 150 iterations are divided 15 % | one window | 10 %; fewer than 20 have no window. (Between 150 and 200 Stan leaves a last
 * window of fewer draws than the first; here the first takes them.)
 *
 * @param warmup iterations in all
 * @param first iteration (from 0) with which the first window begins
 * @param ends for each window the iteration after its last; increasing
 */
public record Windows(int warmup, int first, List<Integer> ends) {
  private static final int INITIAL = 75;
  private static final int BASE = 25;
  private static final int TERMINAL = 50;

  public Windows {
    Check.atLeast("warmup", warmup, 0);
    ends = List.copyOf(ends);
    int before = Check.between("first", first, 0, warmup);
    for (int end : ends) {
      before = Check.between("end of a window", end, before + 1, warmup);
    }
  }

  /** The schedule for so many iterations. */
  public static Windows of(int warmup) {
    Check.atLeast("warmup", warmup, 0);
    if (warmup < 20) {
      return new Windows(warmup, warmup, List.of());
    }
    if (warmup < INITIAL + BASE + TERMINAL) {
      int initial = (int) (0.15 * warmup);
      int terminal = (int) (0.1 * warmup);
      return new Windows(warmup, initial, List.of(warmup - terminal));
    }
    return new Windows(warmup, INITIAL, doubling(INITIAL, warmup - TERMINAL));
  }

  private static List<Integer> doubling(int from, int to) {
    List<Integer> ends = new ArrayList<>();
    int begin = from;
    for (int size = BASE; begin < to; size *= 2) {
      int end = begin + size;
      if (end + 2 * size > to) { // the window after this one would not fit
        end = to;
      }
      ends.add(end);
      begin = end;
    }
    return ends;
  }

  /** Whether this iteration's draw belongs to a window. */
  public boolean contains(int iteration) {
    return !ends.isEmpty() && first <= iteration && iteration < ends.get(ends.size() - 1);
  }

  /** Whether a window ends with this iteration. */
  public boolean endsWith(int iteration) {
    return ends.contains(iteration + 1);
  }
}
