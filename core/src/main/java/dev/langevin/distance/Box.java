package dev.langevin.distance;

import dev.langevin.math.Check;
import java.util.Arrays;

/** A box in one or two dimensions, low_k ≤ x_k ≤ high_k. Immutable. */
public final class Box {
  private final double[] low;
  private final double[] high;

  private Box(double[] low, double[] high) {
    this.low = low;
    this.high = high;
  }

  /**
   * The box between two corners.
   *
   * @param low length 1 or 2, finite; copied
   * @param high as long, finite, above {@code low} in every coordinate; copied
   */
  public static Box of(double[] low, double[] high) {
    Check.between("length of low", low.length, 1, 2);
    Check.length("high", high, low.length);
    Check.allFinite("low", low);
    Check.allFinite("high", high);
    for (int k = 0; k < low.length; k++) {
      Check.positive("high[" + k + "] - low[" + k + "]", high[k] - low[k]);
    }
    return new Box(low.clone(), high.clone());
  }

  /** The same interval in every coordinate. */
  public static Box cube(int d, double low, double high) {
    Check.between("d", d, 1, 2);
    double[] lows = new double[d];
    double[] highs = new double[d];
    Arrays.fill(lows, low);
    Arrays.fill(highs, high);
    return of(lows, highs);
  }

  /** d. */
  public int dimension() {
    return low.length;
  }

  double low(int k) {
    return low[k];
  }

  double high(int k) {
    return high[k];
  }

  void requireDimension(String name, int d) {
    Check.between(name, d, low.length, low.length);
  }

  /** Cell {@code index} of {@code count} along every axis, the first coordinate running fastest. */
  Box cell(int index, int count) {
    double[] from = new double[low.length];
    double[] to = new double[low.length];
    int rest = index;
    for (int k = 0; k < low.length; k++) {
      int step = rest % count;
      double width = (high[k] - low[k]) / count;
      from[k] = low[k] + step * width;
      to[k] = step == count - 1 ? high[k] : low[k] + (step + 1) * width;
      rest /= count;
    }
    return new Box(from, to);
  }

  /** Which of {@code count} cells along every axis holds the point at {@code x[at]}; -1 outside the box. */
  int cellOf(double[] x, int at, int count) {
    int index = 0;
    for (int k = low.length - 1; k >= 0; k--) {
      double value = x[at + k];
      if (!(value >= low[k] && value <= high[k])) {
        return -1;
      }
      double place = (value - low[k]) / (high[k] - low[k]) * count;
      index = index * count + Math.min(count - 1, (int) place);
    }
    return index;
  }

  /** The number of cells with {@code count} along every axis. */
  int cells(int count) {
    return low.length == 1 ? count : count * count;
  }
}
