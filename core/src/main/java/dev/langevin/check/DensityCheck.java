package dev.langevin.check;

import static dev.langevin.check.Places.text;

import dev.langevin.density.Density;
import dev.langevin.density.GradientCheck;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.Severity;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks a density that somebody wrote, before anything is sampled from it.
 *
 * <table>
 * <caption>The parts, in this order</caption>
 * <tr><th>part</th><th>sees</th><th>cannot see</th></tr>
 * <tr><td>contract</td><td>exceptions, writing to x, values that change from call to call or from fork to fork, a gradient that is added to</td>
 *     <td>what happens at other points</td></tr>
 * <tr><td>gradient, at points where chains start and at draws</td><td>a wrong entry, by coordinate; NaN</td><td>faults between the points</td></tr>
 * <tr><td>jumps, between draws and starts</td><td>jumps and hard borders</td><td>those that no way crosses</td></tr>
 * <tr><td>tails, along coordinates</td><td>a flat direction, NaN far out</td><td>a flat ridge oblique to the coordinates</td></tr>
 * <tr><td>agreement over the distribution, by a random walk</td><td>a gradient wrong only in places, by Stein's identities; a log density that
 *     differs with and without gradient, by the exact rank test</td><td>places and modes that the walk does not reach</td></tr>
 * </table>
 *
 * <p>None sees a density that is right in itself but not the one that was meant: a forgotten Jacobian, a wrong prior, a wrong data
 * column. For that there is only a known answer, or simulation-based calibration. Where the contract is broken the
 * other parts would speak of its consequences, so they wait.
 *
 * <p>The first four parts decide by computation alone. The false-alarm rate is that of the last, exact as far as the walk's draws are independent.
 *
 * @param points where chains start: uniform on (-2, 2) in every coordinate; at least 1
 * @param steps of the random walk, for each of four chains, at least 1000
 * @param tolerance relative error of a derivative that passes, positive
 * @param falseAlarm probability that the last part blames a right density, strictly between 0 and 1
 * @param seed where points, directions and walks come from
 */
public record DensityCheck(int points, int steps, double tolerance, double falseAlarm, Seed seed) {
  private static final int DRAWS = 30;

  public DensityCheck {
    Check.atLeast("points", points, 1);
    Check.atLeast("steps", steps, 1000);
    Check.positive("tolerance", tolerance);
    Check.inside("falseAlarm", falseAlarm, 0, 1);
  }

  /** 30 points, 20,000 steps, a tolerance of 1e-6, a false-alarm rate of 1e-5. */
  public static DensityCheck defaults(Seed seed) {
    return new DensityCheck(30, 20_000, GradientCheck.TOLERANCE, 1e-5, seed);
  }

  /**
   * Checks the density, on the calling thread. About 40 d · (points + 30) + 6 · steps evaluations.
   *
   * @return what is wrong, worst first; one {@link Severity#GOOD} finding at the end if there is no warning
   */
  public List<Finding> of(Density density) {
    List<Finding> found = new ArrayList<>();
    double[][] starts = starts(density.dimension());
    found.addAll(new Contract(density).judge(starts));
    if (found.isEmpty()) {
      found.addAll(new Gradients(density, tolerance).judge(starts));
      found.addAll(whereItIs(density, starts));
    }
    if (found.stream().allMatch(f -> f.severity().compareTo(Severity.WARNING) < 0)) {
      found.add(good(density));
    }
    found.sort(Comparator.comparing(Finding::severity).reversed());
    return List.copyOf(found);
  }

  private double[][] starts(int d) {
    AddressedRandom random = seed.child("points").random();
    double[][] starts = new double[points][d];
    for (double[] start : starts) {
      for (int i = 0; i < d; i++) {
        start[i] = 4 * random.nextDouble() - 2;
      }
    }
    return starts;
  }

  /** What needs a point with mass: nothing, if none of the starts has any. */
  private List<Finding> whereItIs(Density density, double[][] starts) {
    double[] start =
        Stream.of(starts)
            .filter(x -> Double.isFinite(density.logDensity(x.clone())))
            .findFirst()
            .orElse(new double[0]);
    if (start.length == 0) {
      return List.of();
    }
    List<Finding> found = new ArrayList<>(new Tails(density, seed.child("tails")).judge(start));
    boolean proper = found.stream().noneMatch(f -> f.severity() == Severity.SERIOUS);
    if (proper) {
      found.addAll(alongDraws(density, start, starts));
    }
    return found;
  }

  private List<Finding> alongDraws(Density density, double[] start, double[][] starts) {
    Agreement agreement = new Agreement(density, start, steps, falseAlarm, seed.child("agreement"));
    List<Finding> found = new ArrayList<>(agreement.judge());
    double[][] draws = agreement.draws(DRAWS);
    if (draws.length > 0) {
      found.addAll(new Jumps(density).judge(alternating(draws, starts)));
      found.addAll(new Gradients(density, tolerance).judge(draws));
    }
    return found;
  }

  /** Draws, and after each two of them a point that may lie outside. */
  private static double[][] alternating(double[][] draws, double[][] starts) {
    double[][] ways = new double[draws.length + draws.length / 2][];
    for (int n = 0; n < ways.length; n++) {
      ways[n] = n % 3 == 2 ? starts[n / 3 % starts.length] : draws[n - n / 3];
    }
    return ways;
  }

  private Finding good(Density density) {
    return new Finding(
        Severity.GOOD,
        text(
            "No problem found in %d dimensions: the gradient agrees with differences at %d points and with %d steps of a random walk, and the"
                + " density falls in all directions tried.",
            density.dimension(), points + DRAWS, 4 * steps),
        "This says that density and gradient belong together, not that the density is the one that was meant: a forgotten Jacobian or a"
            + " wrong prior is consistent with itself.",
        "Nothing to do.");
  }
}
