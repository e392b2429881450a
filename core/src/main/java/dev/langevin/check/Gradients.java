package dev.langevin.check;

import static dev.langevin.check.Places.text;

import dev.langevin.density.Density;
import dev.langevin.density.GradientCheck;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Finite values, and the gradient held against differences, at many points. */
final class Gradients {
  private static final double UNSETTLED =
      1e-3; // an uncertainty of the differences beyond which they say nothing

  private final Density density;
  private final double tolerance;

  Gradients(Density density, double tolerance) {
    this.density = density;
    this.tolerance = tolerance;
  }

  /** What is wrong at points that a chain may start from or visit. */
  List<Finding> judge(double[][] points) {
    List<Finding> found = new ArrayList<>();
    List<double[]> inside = finite(points, found);
    List<GradientCheck.Coordinate> wrong = new ArrayList<>();
    int wrongPoints = 0;
    double[] where = {};
    for (double[] point : inside) {
      List<GradientCheck.Coordinate> here =
          GradientCheck.at(density, point).coordinates().stream().filter(this::disagrees).toList();
      wrongPoints += here.isEmpty() ? 0 : 1;
      where = wrong.isEmpty() ? point : where;
      wrong.addAll(here);
    }
    if (!wrong.isEmpty()) {
      found.add(disagreement(wrong, wrongPoints, inside.size(), where));
    }
    return found;
  }

  private boolean disagrees(GradientCheck.Coordinate c) {
    boolean settled = c.uncertainty() <= UNSETTLED * Math.max(1, Math.abs(c.measured()));
    return settled && c.relative() > tolerance;
  }

  private List<double[]> finite(double[][] points, List<Finding> found) {
    List<double[]> inside = new ArrayList<>();
    List<double[]> broken = new ArrayList<>();
    double bad = 0;
    int outside = 0;
    for (double[] point : points) {
      double[] gradient = new double[point.length];
      double value = density.logDensity(point.clone(), gradient);
      double worst = Double.isFinite(value) ? firstNotFinite(gradient) : value;
      if (value == Double.NEGATIVE_INFINITY) {
        outside++;
      } else if (Double.isFinite(worst)) {
        inside.add(point);
      } else {
        bad = broken.isEmpty() ? worst : bad;
        broken.add(point);
      }
    }
    if (!broken.isEmpty()) {
      found.add(notFinite(broken, points.length, bad));
    }
    if (outside == points.length) {
      found.add(
          new Finding(
              Severity.SERIOUS,
              text("The density is zero at all of %d points where chains would start.", outside),
              "No chain can begin.",
              "Check the support: coordinates are unconstrained here, and parameters with bounds need a transform (Parameters)."));
    }
    return inside;
  }

  private static double firstNotFinite(double[] gradient) {
    for (double entry : gradient) {
      if (!Double.isFinite(entry)) {
        return entry;
      }
    }
    return 0;
  }

  private Finding notFinite(List<double[]> broken, int points, double value) {
    return new Finding(
        10 * broken.size() > points ? Severity.SERIOUS : Severity.WARNING,
        text(
            "Log density or gradient is %s at %d of %d points, first at %s.",
            value, broken.size(), points, Places.point(density, broken.get(0))),
        "A step into such a place is a divergence, so chains stay out of it and the results lack it.",
        "Look there for overflow, 0/0, ∞ - ∞ and logarithms of negative numbers; return negative infinity only outside the"
            + " support.");
  }

  private Finding disagreement(
      List<GradientCheck.Coordinate> wrong, int wrongPoints, int points, double[] where) {
    TreeSet<Integer> indices = new TreeSet<>();
    wrong.forEach(c -> indices.add(c.index()));
    GradientCheck.Coordinate first = wrong.get(0);
    String sign =
        Math.abs(first.written() + first.measured()) < 1e-6 * Math.abs(first.measured())
            ? " The sign is turned."
            : "";
    return new Finding(
        Severity.SERIOUS,
        text(
                "The gradient is wrong in %d of %d coordinates, at %d of %d points: %s is written as %.6g, and differences of the log"
                    + " density give %.6g at %s.",
                indices.size(),
                where.length,
                wrongPoints,
                points,
                first.name(),
                first.written(),
                first.measured(),
                Places.point(density, where))
            + sign,
        "Unadjusted samplers (ULA) would sample something else; adjusted ones (MALA, HMC, NUTS) stay right but move badly.",
        "Derive ∂ log p/∂" + first.name() + " again; coordinates: " + names(indices) + ".");
  }

  private String names(TreeSet<Integer> indices) {
    return String.join(
        ", ", indices.stream().limit(10).map(i -> Places.coordinate(density, i)).toList());
  }
}
