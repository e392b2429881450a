package dev.langevin.theory;

import java.util.ArrayList;
import java.util.List;

/**
 * The answer to "how do I get draws this close?", or why there is none.
 *
 * @param guarantees one per theorem that applies, the fewest steps first
 * @param lines the text, one line each
 */
public record Explanation(List<Guarantee> guarantees, List<String> lines) {
  public Explanation {
    guarantees = List.copyOf(guarantees);
    lines = List.copyOf(lines);
  }

  /** Asks every theorem. Exceptions as in {@link Guarantee#of}. */
  public static Explanation of(
      Curvature curvature, Start start, Divergence measure, double accuracy) {
    List<Guarantee> all = Guarantee.all(curvature, start, measure, accuracy);
    return new Explanation(all, all.isEmpty() ? refusal(curvature, measure) : answer(all));
  }

  private static List<String> answer(List<Guarantee> all) {
    List<String> lines = new ArrayList<>(all.get(0).explain());
    for (Guarantee other : all.subList(1, all.size())) {
      lines.add(
          "by another way: h = "
              + Wording.number(other.stepSize())
              + ", K = "
              + Wording.steps(other.steps())
              + " ("
              + other.theorem().theorem()
              + ")");
    }
    return lines;
  }

  private static List<String> refusal(Curvature curvature, Divergence measure) {
    List<String> lines = new ArrayList<>();
    lines.add("no theorem promises anything in " + measure.label() + " for this target");
    if (curvature.smoothness().isEmpty()) {
      lines.add(
          "missing: M, a Lipschitz constant of the gradient of -log p; without one the unadjusted algorithm may"
              + " even fly off");
    }
    if (curvature.isoperimetry().isEmpty()) {
      lines.add(
          "missing: m > 0 with -log p m-strongly convex everywhere, or α > 0 of a log-Sobolev inequality");
    }
    curvature.caveats().forEach(line -> lines.add("because: " + line));
    lines.add(
        "what is left: give the missing constants if you can prove them, or use a sampler with an accept test and"
            + " judge its draws (R-hat, effective sample size)");
    return lines;
  }
}
