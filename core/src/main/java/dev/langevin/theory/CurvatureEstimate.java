package dev.langevin.theory;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The curvature of V = -log p as far as some points show it: the extreme eigenvalues of the Hessian at each, from products Hv ≈ (∇V(x + εv) - ∇V(x -
 * εv))/(2ε) by Lanczos' iteration.
 *
 * <p>What it cannot do: the largest eigenvalue seen is only a <em>lower</em> bound of M, the smallest only an <em>upper</em> bound of m, because
 * other points may be worse, and because an iteration of fewer than d steps stays inside the spectrum. Negative curvature, on the other hand, is a
 * proof: one such point, and the density is not log-concave.
 *
 * <p>The difference has a relative error of about 1e-10 where V is smooth on the scale of x; an eigenvalue is called negative only below -1e-6 of the
 * largest in size.
 *
 * @param dimension d
 * @param points how many points gave finite gradients
 * @param skipped how many did not, and were left out
 * @param smallest the least eigenvalue of all, at {@code smallestAt}
 * @param largest the greatest eigenvalue of all
 * @param gentlest the least, over the points, of the greatest eigenvalue in size: far below {@code largest}, the curvature varies so much that
 *     there may be no M at all
 * @param smallestAt the index of the point with the least eigenvalue
 * @param where that point's coordinates, at most the first eight, for messages
 */
public record CurvatureEstimate(
    int dimension,
    int points,
    int skipped,
    double smallest,
    double largest,
    double gentlest,
    int smallestAt,
    String where) {
  /** Lanczos steps at a point unless told otherwise; exact up to this dimension. */
  public static final int STEPS = 40;

  private static final double CUBE_ROOT_OF_ULP = 6.0554544523933395e-6;
  private static final double NEGLIGIBLE = 1e-6;
  private static final double VARIED = 1e-2;
  private static final int SHOWN = 8;

  /** Looks at these points with {@link #STEPS} steps each. */
  public static CurvatureEstimate of(Density density, double[][] points, Seed seed) {
    return of(density, points, STEPS, seed);
  }

  /**
   * Looks at these points. Costs 2 · min(d, steps) gradients each; deterministic in the seed.
   *
   * @param points n × d, finite, n at least 1: draws of the target, best from all of its regions
   * @param steps Lanczos steps, at least 1
   * @param seed address of the random first directions
   * @throws IllegalArgumentException if no point has finite gradients about it
   */
  public static CurvatureEstimate of(Density density, double[][] points, int steps, Seed seed) {
    Check.atLeast("number of points", points.length, 1);
    Check.atLeast("steps", steps, 1);
    Running running = new Running();
    for (int i = 0; i < points.length; i++) {
      Check.length("points[" + i + "]", points[i], density.dimension());
      Check.allFinite("points[" + i + "]", points[i]);
      running.add(i, at(density, points[i], steps, seed.child(i)));
    }
    if (running.seen == 0) {
      throw new IllegalArgumentException(
          "points must have finite gradients about them, got none among " + points.length);
    }
    return running.estimate(density.dimension(), points);
  }

  private static Lanczos at(Density density, double[] x, int steps, Seed seed) {
    int d = x.length;
    double epsilon = CUBE_ROOT_OF_ULP * Math.max(1e-3, Start.norm(x) / Math.sqrt(d));
    double[] moved = new double[d];
    double[] above = new double[d];
    double[] below = new double[d];
    Lanczos.Product hessian =
        (v, out) -> {
          shift(x, v, epsilon, moved);
          density.logDensity(moved, above);
          shift(x, v, -epsilon, moved);
          density.logDensity(moved, below);
          for (int i = 0; i < d; i++) {
            out[i] = (below[i] - above[i]) / (2 * epsilon); // V = -log p
          }
        };
    return Lanczos.of(hessian, d, steps, seed.random());
  }

  private static void shift(double[] x, double[] v, double epsilon, double[] out) {
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] + epsilon * v[i];
    }
  }

  /** Whether some point proves that the density is not log-concave. */
  public boolean negative() {
    return smallest < -NEGLIGIBLE * size();
  }

  private double size() {
    return Math.max(Math.abs(smallest), Math.abs(largest));
  }

  /**
   * The constants, all {@link Origin#ESTIMATED}: M the largest curvature in size; m the smallest, if it is positive; and caveats that say how they were
   * found, or why there is no m and what is left.
   */
  public Curvature curvature() {
    String source = "seen at " + points + (points == 1 ? " point" : " points");
    Curvature found =
        Curvature.unknown(dimension)
            .withSmoothness(Constant.estimated(size(), source))
            .withCaveat(
                "curvature was looked for at "
                    + points
                    + " points: elsewhere the true M may be larger and the true m smaller");
    if (skipped > 0) {
      found = found.withCaveat(skipped + " points had no finite gradients and were left out");
    }
    if (gentlest < VARIED * size()) {
      found =
          found.withCaveat(
              text(
                  "the strongest curvature at a point goes from %.3g to %.3g: there may be no M at all",
                  gentlest, size()));
    }
    return smallest > NEGLIGIBLE * size()
        ? found.withConvexity(Constant.estimated(smallest, source))
        : found.withCaveat(obstacle());
  }

  private String obstacle() {
    String what =
        negative()
            ? text(
                "curvature %s < 0 at point %d, x = %s: not log-concave",
                Wording.number(smallest), smallestAt, where)
            : text("no curvature in some direction at point %d, x = %s", smallestAt, where);
    return what
        + ", so no m > 0; what is left are the bounds in KL, TV and W2 by a log-Sobolev constant α, which must be"
        + " proved and given";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The extremes over the points so far. */
  private static final class Running {
    int seen;
    int skipped;
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    double gentlest = Double.POSITIVE_INFINITY;
    int smallestAt;

    void add(int index, Lanczos values) {
      if (Double.isNaN(values.smallest())) {
        skipped++;
        return;
      }
      seen++;
      if (values.smallest() < smallest) {
        smallest = values.smallest();
        smallestAt = index;
      }
      largest = Math.max(largest, values.largest());
      gentlest = Math.min(gentlest, Math.max(values.largest(), -values.smallest()));
    }

    CurvatureEstimate estimate(int dimension, double[][] points) {
      return new CurvatureEstimate(
          dimension,
          seen,
          skipped,
          smallest,
          largest,
          gentlest,
          smallestAt,
          print(points[smallestAt]));
    }

    private static String print(double[] x) {
      String shown =
          Arrays.stream(x)
              .limit(SHOWN)
              .mapToObj(value -> Wording.number(value))
              .collect(Collectors.joining(", "));
      return "(" + shown + (x.length > SHOWN ? ", …)" : ")");
    }
  }
}
