package dev.langevin.check;

import static dev.langevin.check.Places.text;

import dev.langevin.density.Density;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.Severity;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes out from a point along every coordinate, both ways, and in random directions, to 10⁹. Values must be numbers, and the density must
 * fall: along almost every line a density that can be normalised is integrable (Fubini), and so falls faster than 1/r, that is, the slope
 * of log p in log r ends below -1. A power law of just below is taken for proper. A ridge that runs along no coordinate is not found.
 */
final class Tails {
  private static final double[] RADII = {10, 100, 1e3, 1e4, 1e6, 1e9};
  private static final double FAR = 100;
  private static final int RANDOM = 10;
  private static final double SLOWEST = -1.001;
  private static final double FALLEN =
      1e4; // so far down a density may rest on the smallest number it knows
  private static final String NORMALISE =
      "It cannot be normalised, so there is no distribution to sample: chains wander off without end.";

  private final Density density;
  private final Seed seed;
  private final List<Finding> found = new ArrayList<>();
  private final List<String> flat = new ArrayList<>();

  Tails(Density density, Seed seed) {
    this.density = density;
    this.seed = seed;
  }

  /** What is wrong on the lines through {@code point}. */
  List<Finding> judge(double[] point) {
    int d = point.length;
    for (int i = 0; i < d; i++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        double[] axis = new double[d];
        axis[i] = sign;
        follow(point, axis, Places.coordinate(density, i) + (sign > 0 ? " → +∞" : " → -∞"));
      }
    }
    AddressedRandom random = seed.random();
    double[] direction = new double[d];
    for (int k = 0; k < RANDOM && d > 1 && flat.isEmpty(); k++) {
      random.fillGaussian(direction, 0, d);
      follow(point, direction, "a random direction");
    }
    if (!flat.isEmpty()) {
      found.add(
          new Finding(
              Severity.SERIOUS,
              "The density does not fall towards "
                  + String.join(", ", flat.stream().limit(5).toList())
                  + (flat.size() > 5 ? text(" and %d more", flat.size() - 5) : "")
                  + ".",
              NORMALISE,
              "Give the parameter a proper prior, or its bounds; check that the likelihood depends on it."));
    }
    return found;
  }

  private void follow(double[] point, double[] direction, String where) {
    double[] gradient = new double[point.length];
    double[] value = new double[RADII.length];
    for (int k = 0; k < RADII.length; k++) {
      double[] x = point.clone();
      for (int i = 0; i < x.length; i++) {
        x[i] += RADII[k] * direction[i];
      }
      try {
        value[k] = density.logDensity(x, gradient);
      } catch (RuntimeException thrown) {
        report(Severity.WARNING, "The density throws " + thrown, where, RADII[k]);
        return;
      }
      if (!(value[k] < Double.POSITIVE_INFINITY)) {
        report(
            RADII[k] < FAR ? Severity.WARNING : Severity.NOTE,
            "The log density is " + value[k],
            where,
            RADII[k]);
        return;
      }
    }
    int last = RADII.length - 1;
    double slope = (value[last] - value[last - 1]) / StrictMath.log(RADII[last] / RADII[last - 1]);
    boolean fallen = value[last] < density.logDensity(point) - FALLEN;
    if (slope > SLOWEST && !fallen) { // not so for -∞ - (-∞)
      flat.add(where);
    }
  }

  /** Once: the first such place stands for all. */
  private void report(Severity severity, String what, String where, double radius) {
    if (found.isEmpty()) {
      found.add(
          new Finding(
              severity,
              text("%s far out, at a distance of %.0f towards %s.", what, radius, where),
              "Warm-up may try a step as long as that; it counts as a divergence, or ends the run if it is an exception.",
              "Compute with logarithms (LogScale), and return negative infinity where the density is zero to rounding."));
    }
  }
}
