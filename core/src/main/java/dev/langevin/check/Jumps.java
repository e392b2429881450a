package dev.langevin.check;

import static dev.langevin.check.Places.text;

import dev.langevin.density.Density;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.Severity;
import java.util.List;

/**
 * Looks for jumps on the straight way from one point to the next: there the log density changes by more than the integral of the
 * gradient, however short the way. Each way is cut in pieces; where Simpson's rule leaves a defect the worse half is cut on, until the
 * defect is gone (smooth) or the piece is tiny (a jump). A wrong gradient's defect goes with the length of the piece, so it is not
 * taken for a jump.
 */
final class Jumps {
  private static final int PIECES = 16;
  private static final int CUTS = 36;
  private static final double RELATIVE = 1e-6;
  private static final double SLOPE =
      10; // log p falls by this before it is -∞: a border that the density goes to zero at

  private final Density density;
  private final double[] gradient;
  private final double[] point;
  private double[] from = {};
  private double[] to = {};

  Jumps(Density density) {
    this.density = density;
    this.gradient = new double[density.dimension()];
    this.point = new double[density.dimension()];
  }

  /** Value and slope at a fraction of the way. */
  private record At(double t, double value, double slope) {}

  /** One finding for the largest jump, if there is one. */
  List<Finding> judge(double[][] points) {
    int jumps = 0;
    double largest = 0;
    String where = "";
    for (int n = 0; n + 1 < points.length; n++) {
      from = points[n];
      to = points[n + 1];
      At low = at(0);
      for (int k = 1; k <= PIECES; k++) {
        At high = at((double) k / PIECES);
        double jump = jump(low, high);
        jumps += jump == 0 ? 0 : 1;
        if (Math.abs(jump) > Math.abs(largest)) {
          largest = jump;
          where = Places.point(density, point);
        }
        low = high;
      }
    }
    return jumps == 0 ? List.of() : List.of(finding(jumps, points.length - 1, largest, where));
  }

  private At at(double t) {
    for (int i = 0; i < point.length; i++) {
      point[i] = from[i] + t * (to[i] - from[i]);
    }
    double value = density.logDensity(point, gradient);
    double slope = 0;
    for (int i = 0; i < point.length; i++) {
      slope += gradient[i] * (to[i] - from[i]);
    }
    return new At(t, value, slope);
  }

  /** The jump between two places, 0 if there is none; leaves {@link #point} beside it. */
  private double jump(At low, At high) {
    double top = Math.max(low.value, high.value);
    At middle = at((low.t + high.t) / 2);
    double defect = defect(low, middle, high);
    for (int cut = 0; cut < CUTS && isDefect(defect, low, high); cut++) {
      At left = at((low.t + middle.t) / 2);
      At right = at((middle.t + high.t) / 2);
      double before = defect(low, left, middle);
      double after = defect(middle, right, high);
      boolean goLeft = Math.abs(before) >= Math.abs(after) || Double.isNaN(after);
      high = goLeft ? middle : high;
      low = goLeft ? low : middle;
      middle = goLeft ? left : right;
      defect = goLeft ? before : after;
    }
    boolean slope = Double.isInfinite(defect) && Math.max(low.value, high.value) < top - SLOPE;
    return isDefect(defect, low, high) && !slope ? defect : 0;
  }

  private static double defect(At low, At middle, At high) {
    double integral = (high.t - low.t) / 6 * (low.slope + 4 * middle.slope + high.slope);
    double change = high.value - low.value;
    return Double.isInfinite(change) ? change : change - integral;
  }

  private static boolean isDefect(double defect, At low, At high) {
    double size = Math.max(1, Math.min(Math.abs(low.value), Math.abs(high.value)));
    return Math.abs(defect) > RELATIVE * size;
  }

  private Finding finding(int jumps, int ways, double jump, String where) {
    return new Finding(
        Severity.WARNING,
        text(
            "The log density jumps: by %.4g at %s (%d jumps on %d ways between points).",
            jump, where, jumps, ways),
        "The gradient does not know of a jump, so samplers that follow it are refused there, and unadjusted ones ignore it.",
        "Replace if-then-else, rounding and hard borders by something continuous, or give a bounded parameter its transform; else"
            + " use a sampler without gradient (rwm).");
  }
}
