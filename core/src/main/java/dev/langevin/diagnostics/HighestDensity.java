package dev.langevin.diagnostics;

import dev.langevin.math.Check;

/**
 * The highest-density interval: the shortest one that holds a given share of the draws (Chen &amp; Shao 1999). For one mode; with
 * several it spans the gap between them.
 */
public final class HighestDensity {
  /**
   * A closed interval in the quantity's unit.
   *
   * @param low lower end
   * @param high upper end, not below {@code low}
   */
  public record Interval(double low, double high) {}

  private HighestDensity() {}

  /**
   * The shortest interval between two of the pooled draws that are ⌊mass·S⌋ places apart; of several equally short ones the
   * leftmost. Both ends NaN if a value is not finite or there are no draws. O(S log S).
   *
   * @param x {@code [chain][draw]}
   * @param mass the share of draws inside, strictly between 0 and 1
   */
  public static Interval interval(double[][] x, double mass) {
    Check.inside("mass", mass, 0, 1);
    Series.requireShape(x);
    if (x[0].length == 0 || !Series.isFinite(x)) {
      return new Interval(Double.NaN, Double.NaN);
    }
    double[] sorted = Series.sorted(x);
    int apart = (int) Math.floor(mass * sorted.length);
    int best = 0;
    for (int i = 1; i + apart < sorted.length; i++) {
      if (sorted[i + apart] - sorted[i] < sorted[best + apart] - sorted[best]) {
        best = i;
      }
    }
    return new Interval(sorted[best], sorted[best + apart]);
  }
}
