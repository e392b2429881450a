package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.Locale;

/**
 * Do two samples lie in the same places? A row's ball reaches to its {@code neighbours}-th nearest row of its own sample; the balls of a sample stand for its
 * support. With x the sample under test and y the real rows, the value is what is missing from 1:
 *
 * <pre>
 *   precision  share of x in some ball of y                              (Kynkäänniemi et al. 2019)   x makes nothing odd
 *   recall     share of y in some ball of x                              (the same)                    x leaves nothing out
 *   density    mean over x of the number of balls of y around it, over k (Naeem et al. 2020)           may exceed 1
 *   coverage   share of balls of y that hold a row of x                  (the same)                    x leaves nothing out
 * </pre>
 *
 * <p>Precision and recall are thrown by single far rows with huge balls; density and coverage much less. None sees whether the weights are right within the support. Where both
 * samples have one law, precision is below 1, the less so the more columns: read it beside its floor. Not symmetric.
 *
 * <p>The standard error takes the rows that are counted as independent and the balls as given, times {@value #INFLATION}
 * for the scatter of the balls. Measured against 400 pairs (n = 200, d = 2 and 10, equal, shifted and scaled laws): 0.97 … 1.73 of the scatter, 2.1 where the share is below 1 %.
 *
 * <p>O((nx + ny)² d).
 *
 * @param aspect which of the four
 * @param neighbours k, at least 1, less than the rows of either sample
 */
public record SupportOverlap(Aspect aspect, int neighbours) implements Distance {
  private static final double INFLATION = 1.8;

  /** One of four shares. */
  public enum Aspect {
    PRECISION,
    RECALL,
    DENSITY,
    COVERAGE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public SupportOverlap {
    Check.atLeast("neighbours", neighbours, 1);
  }

  /** With the number of neighbours of its source: 3 for precision and recall, 5 for density and coverage. */
  public static SupportOverlap of(Aspect aspect) {
    boolean first = aspect == Aspect.PRECISION || aspect == Aspect.RECALL;
    return new SupportOverlap(aspect, first ? 3 : 5);
  }

  @Override
  public String name() {
    return "1 - " + aspect.word();
  }

  @Override
  public String display(double value) {
    return aspect == Aspect.DENSITY
        ? Comparisons.rounded(1 - value)
        : String.format(Locale.ROOT, "%.1f %%", 100 * (1 - value));
  }

  @Override
  public String meaning(double value) {
    return aspect.word() + " is " + display(value);
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    Rows.require("x", x, nx, d);
    Rows.require("y", y, ny, d);
    Check.between("neighbours", neighbours, 1, Math.min(nx, ny) - 1);
    double[] counted =
        switch (aspect) {
          case PRECISION -> indicators(around(x, nx, y, ny, d));
          case RECALL -> indicators(around(y, ny, x, nx, d));
          case DENSITY -> around(x, nx, y, ny, d);
          case COVERAGE -> indicators(inside(x, nx, y, ny, d));
        };
    int n = counted.length;
    double share = Rows.mean(counted);
    if (aspect == Aspect.DENSITY) {
      double error = Math.sqrt(Rows.variance(counted) / n) / neighbours;
      return new Estimate(1 - share / neighbours, INFLATION * error);
    }
    // As if one more row had been counted and one more not: a share of 0 or 1 is not certain.
    double cautious = (share * n + 1) / (n + 2);
    double error = Math.sqrt(cautious * (1 - cautious) / n);
    return new Estimate(1 - share, INFLATION * error);
  }

  /** For each row of x, how many balls of y hold it. */
  private double[] around(double[] x, int nx, double[] y, int ny, int d) {
    RowPairs pairs = new RowPairs(y, ny, d);
    double[] radii = radii(y, pairs);
    double[] line = new double[ny];
    double[] balls = new double[nx];
    for (int i = 0; i < nx; i++) {
      pairs.squaredDistances(x, i, line, ny);
      int count = 0;
      for (int j = 0; j < ny; j++) {
        count += line[j] <= radii[j] ? 1 : 0;
      }
      balls[i] = count;
    }
    return balls;
  }

  /** For each ball of y, how many rows of x it holds. */
  private double[] inside(double[] x, int nx, double[] y, int ny, int d) {
    RowPairs pairs = new RowPairs(y, ny, d);
    double[] radii = radii(y, pairs);
    double[] line = new double[ny];
    double[] held = new double[ny];
    for (int i = 0; i < nx; i++) {
      pairs.squaredDistances(x, i, line, ny);
      for (int j = 0; j < ny; j++) {
        held[j] += line[j] <= radii[j] ? 1 : 0;
      }
    }
    return held;
  }

  /** The squared distance of each row to its k-th nearest other. */
  private double[] radii(double[] y, RowPairs pairs) {
    int n = pairs.rows();
    double[] line = new double[n];
    double[] radii = new double[n];
    double[] nearest = new double[neighbours];
    for (int i = 0; i < n; i++) {
      pairs.squaredDistances(y, i, line, n);
      line[i] = Double.POSITIVE_INFINITY;
      radii[i] = smallest(line, nearest);
    }
    return radii;
  }

  /** The k-th smallest value, k the length of the scratch array. */
  private static double smallest(double[] values, double[] nearest) {
    int last = nearest.length - 1;
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (double value : values) {
      if (value < nearest[last]) {
        int at = last;
        for (; at > 0 && nearest[at - 1] > value; at--) {
          nearest[at] = nearest[at - 1];
        }
        nearest[at] = value;
      }
    }
    return nearest[last];
  }

  private static double[] indicators(double[] counts) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.min(counts[i], 1);
    }
    return counts;
  }
}
