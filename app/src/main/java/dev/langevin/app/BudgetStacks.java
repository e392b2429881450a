package dev.langevin.app;

import dev.langevin.app.plot.Stacks;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.theory.ErrorBudget;
import dev.langevin.theory.MmseCurve;
import dev.langevin.theory.PathScheme;
import dev.langevin.theory.ScoreError;
import dev.langevin.theory.Term;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * What the error budget of the exponential integrator is made of, over the number of steps and over the first noise level; with a planted error of the denoiser, whose mean square is a
 * fixed share of the least denoising error at every level.
 */
final class BudgetStacks {
  private static final double PLANTED = 0.01;
  private static final double SIGMA_MIN = 0.02;
  private static final double SIGMA_MAX = 10;
  private static final int STEPS = 64;
  private static final int[] COUNTS = {16, 32, 64, 128, 256};
  private static final double[] FIRST = {0.5, 1, 2, 5, 10};

  private final MmseCurve curve;
  private final double secondMoment;

  BudgetStacks(ShowJob job) {
    GaussianMixture law = ExactModel.named(job.model()).scaled();
    curve = MmseCurve.of(law);
    secondMoment = law.dimension() * ExactModel.SD * ExactModel.SD;
  }

  BufferedImage picture(ShowJob job, Console console) {
    List<String> names = new ArrayList<>();
    double[][] bySteps = new double[COUNTS.length][];
    for (int i = 0; i < COUNTS.length; i++) {
      names.add(Integer.toString(COUNTS[i]));
      bySteps[i] = parts(COUNTS[i], SIGMA_MAX);
    }
    List<String> levels = new ArrayList<>();
    double[][] byLevel = new double[FIRST.length][];
    for (int i = 0; i < FIRST.length; i++) {
      levels.add(Long.toString(Math.round(FIRST[i] / ExactModel.SD)));
      byLevel[i] = parts(STEPS, FIRST[i]);
    }
    List<String> terms = List.of("score error", "discretisation", "initialisation");
    console.table(table("steps", names, bySteps, terms));
    console.line("");
    console.table(table("first noise", levels, byLevel, terms));
    return Stacks.of(
        "Error budget (" + job.model() + ")",
        "Exponential integrator, log noise in equal steps down to 0.04; planted denoiser error: 1 % of the least. Noise in the data's standard deviations.",
        "KL of the paths, nats",
        List.of(
            new Stacks.Panel("by number of steps, from noise 20", names, bySteps),
            new Stacks.Panel("by first noise level, " + STEPS + " steps", levels, byLevel)),
        terms);
  }

  private static Table table(String by, List<String> names, double[][] parts, List<String> terms) {
    List<String> headers = new ArrayList<>(List.of(by));
    headers.addAll(terms);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      List<String> row = new ArrayList<>(List.of(names.get(i)));
      for (double part : parts[i]) {
        row.add(Numbers.fixed(part, 5));
      }
      rows.add(row);
    }
    return new Table(headers, rows);
  }

  /** Score error, discretisation, initialisation. */
  private double[] parts(int steps, double sigmaMax) {
    OrnsteinUhlenbeck noising = new OrnsteinUhlenbeck();
    TimeGrid grid = new Spacing.LogSnr().levels(steps, SIGMA_MIN, sigmaMax).onClockOf(noising);
    ErrorBudget budget =
        ErrorBudget.of(
            PathScheme.FROZEN_SCORE,
            grid,
            noising,
            curve,
            secondMoment,
            ScoreError.exact(sigma -> PLANTED * curve.at(sigma).value()));
    return List.of(budget.scoreError(), budget.discretisation(), budget.initialisation()).stream()
        .map(Term::amount)
        .mapToDouble(amount -> amount.value())
        .toArray();
  }
}
