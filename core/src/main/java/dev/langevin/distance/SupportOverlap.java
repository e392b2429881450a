package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

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
  private static final int SUPPORT = 3;
  private static final int BALLS = 5;

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
    return new SupportOverlap(aspect, first ? SUPPORT : BALLS);
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
    int ofX = aspect == Aspect.RECALL ? neighbours : 0;
    return estimate(SupportCounts.of(x, nx, y, ny, d, ofX, neighbours, neighbours));
  }

  /**
   * All four, with the neighbours of their sources, for little more than the price of one.
   *
   * @param x sample under test, {@code nx × d}, row-major, finite
   * @param nx rows of {@code x}, at least 6
   * @param y real rows, {@code ny × d}, row-major, finite
   * @param ny rows of {@code y}, at least 6
   * @param d columns, at least 1
   */
  public static Map<Aspect, Estimate> all(double[] x, int nx, double[] y, int ny, int d) {
    Rows.require("x", x, nx, d);
    Rows.require("y", y, ny, d);
    Check.atLeast("rows of the smaller sample", Math.min(nx, ny), BALLS + 1);
    SupportCounts counts = SupportCounts.of(x, nx, y, ny, d, SUPPORT, SUPPORT, BALLS);
    Map<Aspect, Estimate> all = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      all.put(aspect, of(aspect).estimate(counts));
    }
    return all;
  }

  private Estimate estimate(SupportCounts counts) {
    double[] counted =
        switch (aspect) {
          case PRECISION -> counts.precise();
          case RECALL -> counts.recalled();
          case DENSITY -> counts.dense();
          case COVERAGE -> counts.covered();
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
}
