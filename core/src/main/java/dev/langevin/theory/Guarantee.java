package dev.langevin.theory;

import dev.langevin.density.target.Gaussian;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What is promised of a run of the unadjusted Langevin algorithm before it is made: with step size h and K steps, the law of the chain's last point
 * is within the accuracy of the target, on the named assumptions. The h is the one with which the theorem needs the fewest steps.
 *
 * <p>It speaks of x_K alone: not of averages along the chain, and N independent draws take N chains.
 *
 * @param measure in which sense; W2 is in the units of the target
 * @param accuracy what was asked for
 * @param theorem the bound, with its constants
 * @param curvature what was known of the target
 * @param stepSize h of {@link dev.langevin.mcmc.Ula}
 * @param steps K, a whole number, each step one gradient; may be larger than any computer can do
 */
public record Guarantee(
    Divergence measure,
    double accuracy,
    LangevinBound theorem,
    Curvature curvature,
    double stepSize,
    double steps) {

  /**
   * The guarantee with the fewest steps; empty if no theorem applies, of which {@link Explanation} says why.
   *
   * @throws IllegalArgumentException if the accuracy is not positive and finite, not below 1 in total variation, or so small that the step size
   *     would be no number
   */
  public static Optional<Guarantee> of(
      Curvature curvature, Start start, Divergence measure, double accuracy) {
    return all(curvature, start, measure, accuracy).stream().findFirst();
  }

  /** One guarantee per theorem that applies, the fewest steps first. Exceptions as in {@link #of}. */
  public static List<Guarantee> all(
      Curvature curvature, Start start, Divergence measure, double accuracy) {
    measure.checked(accuracy);
    return Stream.of(WassersteinBound.of(curvature, start), EntropyBound.of(curvature, start))
        .flatMap(Optional::stream)
        .map(LangevinBound.class::cast)
        .flatMap(bound -> planned(bound, curvature, measure, accuracy).stream())
        .sorted(Comparator.comparingDouble(Guarantee::steps))
        .toList();
  }

  private static Optional<Guarantee> planned(
      LangevinBound bound, Curvature curvature, Divergence measure, double accuracy) {
    OptionalDouble required = bound.required(measure, accuracy);
    if (required.isEmpty()) {
      return Optional.empty();
    }
    StepSizePlan plan = StepSizePlan.of(bound, required.getAsDouble());
    return Optional.of(
        new Guarantee(measure, accuracy, bound, curvature, plan.stepSize(), plan.steps()));
  }

  /** The bound at (h, K), at most the accuracy. */
  public double bound() {
    return at(stepSize, steps);
  }

  /** The theorem's bound at another step size and number of steps, in this guarantee's measure; infinite where it does not speak. */
  public double at(double stepSize, double steps) {
    return stepSize <= theorem.largestStep()
        ? theorem.implied(measure, theorem.at(stepSize, steps))
        : Double.POSITIVE_INFINITY;
  }

  /** Whether it rests on an estimated constant, and so is a plan and not a guarantee. */
  public boolean estimated() {
    return curvature.estimated();
  }

  /** K as a number to count to; empty if it is too large for one. */
  public OptionalLong count() {
    return steps < 0x1p53 ? OptionalLong.of((long) steps) : OptionalLong.empty();
  }

  /**
   * The exact distance at (h, K) on a normal target: what the bound is a bound of. In total variation, for which there is no closed form, what
   * follows from the exact relative entropy.
   *
   * @param target the density of which this guarantee speaks
   * @param start the law of x₀
   */
  public double exact(Gaussian target, NormalLaw start) {
    GaussianLangevinLaw law = GaussianLangevinLaw.of(target);
    NormalLaw reached = law.afterSteps(start, stepSize, steps);
    return switch (measure) {
      case W2 -> reached.wasserstein(law.target());
      case SCALED_W2 -> {
        double m = Curvature.of(target).convexity().orElseThrow().value();
        yield Math.sqrt(m) * reached.wasserstein(law.target());
      }
      case KL -> reached.relativeEntropy(law.target());
      case TV -> Inequalities.totalVariation(reached.relativeEntropy(law.target()));
    };
  }

  /** The guarantee in words: metric, bound, h, K, cost, theorem, assumptions, constants with their origin, and what it means. One line each. */
  public List<String> explain() {
    List<String> lines = new ArrayList<>();
    String verb = estimated() ? "is planned with" : "is guaranteed by";
    String promise = measure.symbol() + " ≤ " + Wording.number(accuracy) + " ";
    String plan = "step size h = " + Wording.number(stepSize) + " and K = " + Wording.steps(steps);
    lines.add(promise + verb + " " + plan);
    lines.add(
        "bound: "
            + measure.symbol()
            + " ≤ "
            + Wording.number(bound())
            + " after K steps of x' = x - h∇V(x) + √(2h) ξ");
    lines.add("cost: one gradient a step, for each draw; " + Wording.duration(steps));
    lines.add("theorem: " + theorem.theorem());
    theorem.assumptions().forEach(line -> lines.add("assumes: " + line));
    lines.add("assumes: arithmetic is exact; rounding is not accounted for");
    theorem.constants().forEach(line -> lines.add("constant: " + line));
    curvature.conditionNumber().ifPresent(k -> lines.add(Wording.condition(k)));
    lines.add("means: " + Wording.meaning(measure, accuracy));
    lines.add(
        "speaks of the last point of one chain; N independent draws take N chains of K steps");
    if (estimated()) {
      lines.add(
          "not a guarantee: it rests on estimated constants, and holds only if they hold everywhere");
    }
    curvature.caveats().forEach(line -> lines.add("caveat: " + line));
    return lines;
  }

  /** One line on how far from the truth the bound is, on a normal target where the truth is known. */
  public String tightness(Gaussian target, NormalLaw start) {
    double exact = exact(target, start);
    String what =
        measure == Divergence.TV ? "TV, as far as Pinsker's inequality tells," : measure.symbol();
    return "tightness: this target is normal, and the exact "
        + (what + " after K steps is " + Wording.number(exact))
        + (": the bound is " + Wording.number(bound() / exact) + " times that");
  }
}
