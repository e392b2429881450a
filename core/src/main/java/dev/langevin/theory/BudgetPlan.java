package dev.langevin.theory;

import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inverse of an {@link ErrorBudget}: horizon, levels and number of steps for a total variation distance, and what error the denoiser may then still have.
 *
 * @param budget of the run with the exact denoiser
 * @param grid the levels σ, and 0
 * @param target the total variation distance asked for
 * @param allowed the relative entropy that is left for the denoiser's error, in nats
 * @param excess the same as a share of the smallest possible loss: E‖D_θ - x₀‖² may exceed E‖D - x₀‖² by this share at every level
 */
public record BudgetPlan(
    ErrorBudget budget, TimeGrid grid, double target, double allowed, double excess) {
  private static final double START = 0.1; // shares of the relative entropy
  private static final double STEPS = 0.6;

  private static final int MOST = 100_000;

  /**
   * Plans: a tenth of the relative entropy for the start, at most six tenths for the steps, whose levels are those of {@link EvenSpacing}; the rest is the denoiser's.
   *
   * @param target total variation distance between the output before its last step and the data with noise of level {@code sigmaMin}; strictly between 0 and 1
   * @param sigmaMin the last level above 0
   * @throws IllegalArgumentException if more than 100,000 steps would be needed
   */
  public static BudgetPlan forTotalVariation(
      double target, FrozenScheme scheme, NoisedStatistics data, double sigmaMin) {
    Check.inside("target", target, 0, 1);
    Check.positive("sigmaMin", sigmaMin);
    double kl = Inequalities.entropyFor(target);
    double sigmaMax = Math.max(2 * sigmaMin, horizon(scheme, data, START * kl));
    double limit = steps(scheme) * kl;
    EvenSpacing spacing = new EvenSpacing(scheme, data);
    double steps = Math.max(2, spacing.cost(1, sigmaMin, sigmaMax) / limit);
    while (steps <= MOST) {
      TimeGrid grid = spacing.levels((int) Math.ceil(steps), sigmaMin, sigmaMax);
      ErrorBudget budget = ErrorBudget.of(scheme, grid, data, Optional.empty());
      double reached = budget.discretisation().high();
      if (reached <= limit) {
        return of(budget, grid, data, target, kl);
      }
      steps *= Math.min(2, Math.max(1.02, 1.01 * reached / limit));
    }
    throw new IllegalArgumentException(
        "target must leave room for at most " + MOST + " steps, got " + target);
  }

  /** Where the two errors do not add up but their roots do, four tenths. */
  private static double steps(FrozenScheme scheme) {
    return scheme == FrozenScheme.DENOISER ? STEPS : 0.4;
  }

  private static BudgetPlan of(
      ErrorBudget budget, TimeGrid grid, NoisedStatistics data, double target, double kl) {
    FrozenScheme scheme = budget.scheme();
    double room = kl - budget.initialisation().high();
    double used = budget.discretisation().high();
    double allowed =
        scheme == FrozenScheme.DENOISER ? room - used : square(Math.sqrt(room) - Math.sqrt(used));
    double whole = scheme.scoreError(data.mmse(), FrozenScheme.levels(grid)).value();
    return new BudgetPlan(budget, grid, target, allowed, allowed / whole);
  }

  private static double square(double value) {
    return value * value;
  }

  /** The first level at which the start costs no more than so much. */
  private static double horizon(FrozenScheme scheme, NoisedStatistics data, double kl) {
    double low = -40; // of ln σ
    double high = 40;
    while (high - low > 1e-9) {
      double middle = 0.5 * (low + high);
      if (scheme.initialisation(data, StrictMath.exp(middle)).kl() <= kl) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return StrictMath.exp(high);
  }

  /** The plan in words, one line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "For a total variation distance of "
            + Wording.number(target)
            + ": start at σ = "
            + Wording.number(budget.sigmaMax())
            + " (horizon T = "
            + Wording.number(0.5 * StrictMath.log1p(budget.sigmaMax() * budget.sigmaMax()))
            + "), "
            + budget.steps()
            + " steps down to σ = "
            + Wording.number(budget.sigmaMin())
            + ", spaced so that each costs the same.");
    lines.addAll(budget.lines());
    lines.add(
        "Left for a denoiser's own error: "
            + Wording.number(allowed)
            + " nats, as if its loss were "
            + Wording.number(100 * excess)
            + " % above the smallest possible one at every level.");
    return lines;
  }
}
