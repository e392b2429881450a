package dev.langevin.check;

import static dev.langevin.check.Places.text;

import dev.langevin.density.Density;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link Density} promises at every point: no exception, no writing to x, the same value and gradient for the same point whatever was
 * asked before, from every fork, with the gradient or without, and a gradient that is overwritten and not added to.
 */
final class Contract {
  private static final double RELATIVE =
      1e-9; // with and without gradient, sums may be ordered otherwise
  private static final String WRONG = "Chains would compute with wrong numbers, without a word.";

  private final Density density;
  private final List<Finding> found = new ArrayList<>();

  Contract(Density density) {
    this.density = density;
  }

  /** One finding for each promise that is broken, at the first point where it is. */
  List<Finding> judge(double[][] points) {
    double[] value = new double[points.length];
    double[][] gradient = new double[points.length][points[0].length];
    for (int n = 0; n < points.length; n++) {
      if (!evaluate(points[n], value, gradient, n)) {
        return found;
      }
    }
    Density fork = density.fork();
    for (int n = points.length - 1;
        n >= 0 && found.isEmpty();
        n--) { // another order, other things left behind
      again(points[n], value[n], gradient[n]);
      forked(fork, points[n], value[n], gradient[n]);
      plain(points[n], value[n]);
    }
    return found;
  }

  /** Whether the first evaluation went well; into a gradient array of zeros. */
  private boolean evaluate(double[] point, double[] value, double[][] gradient, int n) {
    double[] lent = point.clone();
    try {
      value[n] = density.logDensity(lent, gradient[n]);
    } catch (RuntimeException thrown) {
      add(
          "The density throws " + thrown + " at " + at(point) + ".",
          "A run ends at the first point where this happens.",
          "Return NaN where the computation fails, and negative infinity outside the support.");
      return false;
    }
    if (!Arrays.equals(lent, point)) {
      int i = Arrays.mismatch(lent, point);
      add(
          text(
              "The density writes to its argument: %s went in as %s and came out as %s.",
              Places.coordinate(density, i), point[i], lent[i]),
          "The point is the chain's own state, which moves without the sampler's knowledge.",
          "Work on a copy of x.");
      return false;
    }
    return true;
  }

  /** The same point into an array that is not zero. */
  private void again(double[] point, double value, double[] gradient) {
    double[] other = new double[point.length];
    Arrays.fill(other, 1000);
    double repeated = density.logDensity(point.clone(), other);
    if (Double.compare(repeated, value) != 0) {
      add(
          text("The same point gives %s and then %s, at %s.", value, repeated, at(point)),
          WRONG + " The stationary distribution of a noisy density is not that of its mean.",
          "Let the value depend on x alone: no random numbers, no clock, no state kept from the call before.");
    } else if (Double.isFinite(value)) {
      int i = different(other, gradient);
      if (i >= 0) {
        add(
            text(
                "The gradient depends on what was in its array before: %s is %s in an array of zeros and %s in an array of thousands.",
                Places.coordinate(density, i), gradient[i], other[i]),
            WRONG,
            "Overwrite every entry of the gradient, or fill it with zeros before adding to it.");
      }
    }
  }

  private void forked(Density fork, double[] point, double value, double[] gradient) {
    double[] other = new double[point.length];
    double there = fork.logDensity(point.clone(), other);
    if (found.isEmpty()
        && (Double.compare(there, value) != 0
            || (Double.isFinite(value) && different(other, gradient) >= 0))) {
      add(
          text("A fork gives %s where the density gives %s, at %s.", there, value, at(point)),
          "Every chain works on a fork of its own, so chains would sample different distributions.",
          "Let fork() hand on all parameters and data, and share no scratch arrays.");
    }
  }

  private void plain(double[] point, double value) {
    double without = density.logDensity(point.clone());
    boolean same =
        Double.compare(without, value) == 0
            || Math.abs(without - value) <= RELATIVE * Math.max(1, Math.abs(value));
    if (found.isEmpty() && !same) {
      add(
          text(
              "The log density is %s with a gradient and %s without, at %s.",
              value, without, at(point)),
          "Samplers that use the gradient and those that do not would sample different distributions.",
          "Compute both from one formula, or leave logDensity(x) to its default.");
    }
  }

  private static int different(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Double.compare(a[i], b[i]) != 0) {
        return i;
      }
    }
    return -1;
  }

  private String at(double[] point) {
    return Places.point(density, point);
  }

  private void add(String what, String why, String remedy) {
    found.add(new Finding(Severity.SERIOUS, what, why, remedy));
  }
}
