package dev.langevin.app;

import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.Spacing;
import dev.langevin.random.Seed;
import dev.langevin.solver.Ddim;
import dev.langevin.solver.Ddpm;
import dev.langevin.solver.ExponentialIntegrator;
import dev.langevin.solver.Generation;
import dev.langevin.solver.SdeDpmSolverPlusPlus;
import dev.langevin.solver.Solver;
import dev.langevin.theory.BudgetPlan;
import dev.langevin.theory.ErrorBudget;
import dev.langevin.theory.FrozenScheme;
import dev.langevin.theory.InitialisationError;
import dev.langevin.theory.NoisedStatistics;
import dev.langevin.theory.StepDoubling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the error of a generation is made of: a bound for each part where theory has one, an estimate where it has not, and a word where nothing can be said. Levels are on the scale of
 * the denoiser, where data have a standard deviation of 0.5.
 *
 * @param lines in words
 * @param map the numbers
 */
record ErrorAccount(List<String> lines, Map<String, Object> map) {
  private static final int NODES = 6; // levels that a step of a budget asks for
  private static final double ERRORS = 3.5;
  private static final Seed ADDRESS = Seed.of(0).child("error account");

  /** Of a run. */
  static ErrorAccount of(ModelSource model, Generation recipe, int rows) {
    Optional<FrozenScheme> scheme = scheme(recipe.solver());
    if (scheme.isPresent()) {
      return bounded(model, recipe, scheme.get());
    }
    return recipe.solver().stochastic() ? silent(model, recipe) : doubled(model, recipe, rows);
  }

  /** The scheme of theory that a solver is. */
  static Optional<FrozenScheme> scheme(Solver solver) {
    if (solver instanceof ExponentialIntegrator) {
      return Optional.of(FrozenScheme.SCORE);
    }
    boolean frozen =
        solver.equals(new Ddpm())
            || solver.equals(new Ddim(1))
            || solver instanceof SdeDpmSolverPlusPlus sde && sde.order() == 1;
    return frozen ? Optional.of(FrozenScheme.DENOISER) : Optional.empty();
  }

  /** The names of solvers for which there is a bound. */
  static String bounded() {
    return "ddpm, exponential, ddim with --set eta=1";
  }

  private static ErrorAccount bounded(ModelSource model, Generation recipe, FrozenScheme scheme) {
    TimeGrid sigmas = sigmas(recipe);
    Optional<NoisedStatistics> data = statistics(model, sigmas.steps());
    if (data.isEmpty()) {
      return unknown();
    }
    ErrorBudget budget =
        model.knowledge() instanceof ModelKnowledge.Learned learned
            ? ErrorBudget.ofNetwork(
                scheme, sigmas, data.get(), learned.losses().orElseThrow().loss(ERRORS))
            : ErrorBudget.of(scheme, sigmas, data.get(), Optional.empty());
    return new ErrorAccount(budget.lines(), budget.toMap());
  }

  private static Optional<NoisedStatistics> statistics(ModelSource model, int steps) {
    return model.knowledge().statistics(model.denoiser(), NODES * steps, ADDRESS);
  }

  private static TimeGrid sigmas(Generation recipe) {
    double[] times = recipe.grid().times();
    for (int k = 0; k < times.length; k++) {
      times[k] = times[k] > 0 ? recipe.solver().noising().sigma(times[k]) : 0;
    }
    return new TimeGrid(times);
  }

  private static ErrorAccount unknown() {
    return new ErrorAccount(
        List.of(
            "unknown: the model's folder holds no "
                + LevelLosses.FILE
                + " for these weights; 'langevin fit' leaves one when it finishes with rows held out (--holdout)"),
        Map.of("trust", "UNKNOWN"));
  }

  private static ErrorAccount silent(ModelSource model, Generation recipe) {
    List<String> lines = new ArrayList<>();
    Map<String, Object> map = new LinkedHashMap<>();
    start(model, recipe, lines, map);
    lines.add(
        "discretisation  unknown: there is no bound for this solver; for "
            + bounded()
            + " there is one");
    return new ErrorAccount(lines, map);
  }

  private static ErrorAccount doubled(ModelSource model, Generation recipe, int rows) {
    List<String> lines = new ArrayList<>();
    Map<String, Object> map = new LinkedHashMap<>();
    start(model, recipe, lines, map);
    if (recipe.steps() < 2 || recipe.spacing() instanceof Spacing.Listed) {
      lines.add("discretisation  unknown: the levels cannot be made twice as many");
      return new ErrorAccount(lines, map);
    }
    StepDoubling steps = StepDoubling.of(recipe, model.denoiser(), rows, ADDRESS.child("rows"));
    lines.add("discretisation  " + steps.lines().get(0));
    lines.add(
        "score           "
            + (model.knowledge() instanceof ModelKnowledge.Learned
                ? "unknown: a network's own error has no bound here; judge its samples with 'langevin evaluate'"
                : "exactly 0: the denoiser is exact"));
    map.put("discretisation_w2", steps.estimate());
    map.put("discretisation_observed_order", steps.order());
    map.put("trust", "ESTIMATE");
    return new ErrorAccount(lines, map);
  }

  /** The start has the same bound for every solver, since what follows cannot move two laws apart. */
  private static void start(
      ModelSource model, Generation recipe, List<String> lines, Map<String, Object> map) {
    Optional<NoisedStatistics> data = statistics(model, recipe.steps());
    if (data.isEmpty()) {
      lines.addAll(unknown().lines());
      return;
    }
    InitialisationError start =
        FrozenScheme.DENOISER.initialisation(data.get(), sigmas(recipe).time(0));
    lines.add(
        "initialisation  at most %.3g nats, total variation %.3g: the start from normal noise"
            .formatted(start.kl(), start.totalVariation()));
    map.put("initialisation_kl", start.kl());
  }

  /**
   * The run that is promised to come within a total variation distance.
   *
   * @throws IllegalArgumentException if the solver has no bound, nothing is known of the model, or it would take too many steps
   */
  static BudgetPlan plan(ModelSource model, Solver solver, double target, OptionalDouble end) {
    FrozenScheme scheme =
        scheme(solver)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "solver must have a bound for --target-tv: one of "
                            + bounded()
                            + ", got "
                            + solver.name()));
    NoisedStatistics data =
        statistics(model, 200)
            .orElseThrow(() -> new IllegalArgumentException(unknown().lines().get(0)));
    return BudgetPlan.forTotalVariation(
        target, scheme, data, end.orElse(Generation.of(solver).sigmaMin()));
  }

  /** The generation of a plan. */
  static Generation recipe(Solver solver, BudgetPlan plan) {
    ErrorBudget budget = plan.budget();
    TimeGrid grid = plan.grid();
    return new Generation(
        solver, new Spacing.Listed(grid), grid.steps(), budget.sigmaMin(), budget.sigmaMax());
  }
}
