package dev.langevin.theory;

import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.Check;
import java.util.List;

/**
 * The budget asked backwards: how far out to begin, which levels and how many, and how wrong the denoiser may be, so that the total variation distance before the last denoising is at most the target. The relative entropy that
 * the target allows is shared out: {@value #START} of it to the start, because a farther one costs only logarithmically many steps; {@value #STEPS} to the steps; what these leave over to the denoiser.
 * A sampled curve gives an estimate of the plan, not a promise; ask for the budget with a curve sampled at the plan's own levels to have limits.
 *
 * @param totalVariation the target, in (0, 1)
 * @param scheme what the solver freezes
 * @param spacing how the levels lie: the cheapest for the curve
 * @param steps N, the last of them to 0
 * @param sigmaMin the last level above 0
 * @param sigmaMax the first level
 * @param budget what this run loses with the exact denoiser
 * @param allowedEntropy what is left for the score error, in nats
 * @param allowedExcessLoss the same as a share of the least denoising loss: with a loss at most (1 + this) times the least at every level the target is met
 */
public record BudgetPlan(
    double totalVariation,
    PathScheme scheme,
    Spacing spacing,
    int steps,
    double sigmaMin,
    double sigmaMax,
    ErrorBudget budget,
    double allowedEntropy,
    double allowedExcessLoss) {
  private static final double START = 0.1;
  private static final double STEPS = 0.6;
  private static final int MOST = 1 << 20;

  /**
   * A plan for a target.
   *
   * @param target in (0, 1)
   * @param scheme what the solver freezes
   * @param curve of the data; defined from {@code sigmaMin} on
   * @param secondMoment E‖x₀‖², of all coordinates together and about the origin; positive
   * @param sigmaMin the last level above 0: the denoising from it moves the law by √mmse(σ_min) ≤ σ_min √d in W2
   * @throws IllegalArgumentException if more than a million steps would be needed
   */
  public static BudgetPlan forTotalVariation(
      double target, PathScheme scheme, MmseCurve curve, double secondMoment, double sigmaMin) {
    double entropy = Inequalities.entropyFor(target);
    Check.positive("secondMoment", secondMoment);
    double sigmaMax = firstLevel(START * entropy, scheme, curve, secondMoment, sigmaMin);
    Spacing spacing = scheme.spacing(curve, sigmaMin, sigmaMax);
    int steps = fewest(STEPS * entropy, scheme, curve, spacing, sigmaMin, sigmaMax);
    TimeGrid grid = spacing.levels(steps, sigmaMin, sigmaMax);
    ErrorBudget budget =
        ErrorBudget.of(
            scheme,
            grid,
            new VarianceExploding(),
            scheme.startingScale(sigmaMax),
            curve,
            secondMoment,
            ScoreError.none());
    double left = Math.max(0, entropy - counted(curve, budget.total().amount()));
    return new BudgetPlan(
        target,
        scheme,
        spacing,
        steps,
        sigmaMin,
        sigmaMax,
        budget,
        left,
        share(left, scheme, curve, grid));
  }

  private static double firstLevel(
      double entropy, PathScheme scheme, MmseCurve curve, double secondMoment, double sigmaMin) {
    double low = StrictMath.log(2 * sigmaMin);
    double high = low + 60;
    while (high - low > 1e-9) {
      double middle = 0.5 * (low + high);
      double sigma = StrictMath.exp(middle);
      double conditional =
          InitialisationError.of(
                  new VarianceExploding(),
                  sigma,
                  scheme.startingScale(sigma),
                  secondMoment,
                  curve.dimension())
              .kl();
      double lost = counted(curve, ErrorBudget.initialisation(conditional, curve, sigma).amount());
      if (lost <= entropy) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return StrictMath.exp(high);
  }

  private static int fewest(
      double entropy,
      PathScheme scheme,
      MmseCurve curve,
      Spacing spacing,
      double sigmaMin,
      double sigmaMax) {
    int high = 4;
    while (lost(scheme, curve, spacing.levels(high, sigmaMin, sigmaMax)) > entropy) {
      if (high >= MOST) {
        throw new IllegalArgumentException(
            "totalVariation must be within reach of "
                + MOST
                + " steps; allow more, or a larger sigmaMin");
      }
      high *= 2;
    }
    int low = high / 2;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (lost(scheme, curve, spacing.levels(middle, sigmaMin, sigmaMax)) <= entropy) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static double lost(PathScheme scheme, MmseCurve curve, TimeGrid sigmas) {
    double sum = 0;
    for (int k = 0; k + 2 <= sigmas.steps(); k++) {
      sum += counted(curve, scheme.discretisation(curve, sigmas.time(k), sigmas.time(k + 1)));
    }
    return sum;
  }

  /** The upper limit; of a sampled curve the best value, since its limits between two of its levels do not become narrower with more steps. */
  private static double counted(MmseCurve curve, Bracket amount) {
    return curve.source() == MmseCurve.Source.MONTE_CARLO ? amount.value() : amount.high();
  }

  /** The largest f for which E‖D_θ - D‖² = f · mmse costs no more than this, what it interacts with included. */
  private static double share(double entropy, PathScheme scheme, MmseCurve curve, TimeGrid sigmas) {
    double linear = 0;
    double root = 0;
    for (int k = 0; k + 2 <= sigmas.steps(); k++) {
      double least = counted(curve, curve.at(sigmas.time(k)));
      linear += scheme.weight(sigmas.time(k), sigmas.time(k + 1)) * least;
      root += scheme.interaction(curve, sigmas.time(k), sigmas.time(k + 1), least);
    }
    double half = 0.5 * root; // linear f + root √f = entropy
    double x = entropy / (half + Math.sqrt(half * half + linear * entropy));
    return entropy > 0 ? x * x : 0;
  }

  /** The plan in words, one line each. */
  public List<String> lines() {
    return List.of(
        "TV ≤ "
            + Wording.number(totalVariation)
            + (budget.discretisation().kind() == Term.Kind.ESTIMATE ? " (estimate)" : "")
            + " before the last denoising: "
            + steps
            + " steps from σ = "
            + Wording.number(sigmaMax)
            + " to "
            + Wording.number(sigmaMin)
            + " and 0, levels spaced for equal error",
        budget.initialisation().line(),
        budget.discretisation().line(),
        "left for the denoiser: KL "
            + Wording.number(allowedEntropy)
            + ", kept if its loss is at every level at most "
            + Wording.number(100 * allowedExcessLoss)
            + " % above the least possible",
        budget.lastStep().line());
  }
}
