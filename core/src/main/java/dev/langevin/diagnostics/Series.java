package dev.langevin.diagnostics;

import dev.langevin.math.Check;
import java.util.Arrays;

/** What the diagnostics do to a quantity's draws before they measure: check, split, rank, fold. Arrays are never changed. */
final class Series {
  private static final int FEWEST_DRAWS = 4;

  private Series() {}

  /** Refuses no chains and ragged chains. */
  static void requireShape(double[][] x) {
    Check.atLeast("chains", x.length, 1);
    for (int c = 1; c < x.length; c++) {
      if (x[c].length != x[0].length) {
        throw new IllegalArgumentException(
            "chains must have equal lengths, got "
                + x[0].length
                + " draws in chain 1 and "
                + x[c].length
                + " in chain "
                + (c + 1));
      }
    }
  }

  /** Whether anything can be said: at least four draws, all finite, not all the same. Checks the shape too. */
  static boolean isJudgeable(double[][] x) {
    requireShape(x);
    return x[0].length >= FEWEST_DRAWS && isFinite(x) && !isConstant(x);
  }

  static boolean isFinite(double[][] x) {
    for (double[] chain : x) {
      for (double value : chain) {
        if (!Double.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  static boolean isConstant(double[][] x) {
    for (double[] chain : x) {
      if (!isConstant(chain, x[0][0])) {
        return false;
      }
    }
    return true;
  }

  static boolean isConstant(double[] chain, double at) {
    for (double value : chain) {
      if (value != at) {
        return false;
      }
    }
    return true;
  }

  /** Halves of all chains, 2M chains of ⌊N/2⌋ draws; an odd length loses its middle draw. */
  static double[][] split(double[][] x) {
    int length = x[0].length;
    double[][] halves = new double[2 * x.length][];
    for (int c = 0; c < x.length; c++) {
      halves[2 * c] = Arrays.copyOfRange(x[c], 0, length / 2);
      halves[2 * c + 1] = Arrays.copyOfRange(x[c], length - length / 2, length);
    }
    return halves;
  }

  /** All draws in one array, chain after chain. */
  static double[] pooled(double[][] x) {
    int length = x[0].length;
    double[] all = new double[x.length * length];
    for (int c = 0; c < x.length; c++) {
      System.arraycopy(x[c], 0, all, c * length, length);
    }
    return all;
  }

  static double[] sorted(double[][] x) {
    double[] all = pooled(x);
    Arrays.sort(all);
    return all;
  }

  /** {@link Ranked#normalised} of chains that are needed for nothing else. */
  static double[][] normalised(double[][] x) {
    return new Ranked(x).normalised();
  }

  /** I(x ≤ q_p), q_p the quantile of all draws. */
  static double[][] below(double[][] x, double p) {
    return below(x, sorted(x), p);
  }

  /** The same where the draws have been sorted before. */
  static double[][] below(double[][] x, double[] sorted, double p) {
    double threshold = quantile(sorted, p);
    return map(x, value -> value <= threshold ? 1 : 0);
  }

  /** (x - mean)². */
  static double[][] squaredDeviation(double[][] x) {
    double mean = mean(pooled(x));
    return map(x, value -> (value - mean) * (value - mean));
  }

  /**
   * The quantile of sorted values by linear interpolation between order statistics (type 7 of Hyndman &amp; Fan 1996). A position that
   * misses a whole number by rounding alone is that number; else a draw could fall on the wrong side of itself.
   */
  static double quantile(double[] sorted, double p) {
    double position = p * (sorted.length - 1);
    double whole = StrictMath.rint(position);
    if (Math.abs(position - whole) <= 4 * Math.ulp(position)) {
      return sorted[(int) whole];
    }
    int below = (int) position;
    return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
  }

  /** The mean, in two passes: the second takes back the rounding of the first. */
  static double mean(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value;
    }
    double first = sum / x.length;
    double rest = 0;
    for (double value : x) {
      rest += value - first;
    }
    return first + rest / x.length;
  }

  /** The variance with divisor n - 1. */
  static double variance(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double value : x) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (x.length - 1);
  }

  interface Scalar {
    double of(double value);
  }

  private static double[][] map(double[][] x, Scalar f) {
    double[][] mapped = new double[x.length][x[0].length];
    for (int c = 0; c < x.length; c++) {
      for (int n = 0; n < x[c].length; n++) {
        mapped[c][n] = f.of(x[c][n]);
      }
    }
    return mapped;
  }
}
