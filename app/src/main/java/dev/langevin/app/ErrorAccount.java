package dev.langevin.app;

import dev.langevin.diffusion.Spacing;
import dev.langevin.io.InputError;
import dev.langevin.random.Seed;
import dev.langevin.solver.AdamsBashforth;
import dev.langevin.solver.Ddim;
import dev.langevin.solver.Ddpm;
import dev.langevin.solver.DpmSolverPlusPlus;
import dev.langevin.solver.EulerAncestral;
import dev.langevin.solver.ExponentialIntegrator;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Plms;
import dev.langevin.solver.SdeDpmSolverPlusPlus;
import dev.langevin.solver.Solver;
import dev.langevin.solver.UniPc;
import dev.langevin.theory.BudgetPlan;
import dev.langevin.theory.ErrorBudget;
import dev.langevin.theory.FlowBudget;
import dev.langevin.theory.MmseCurve;
import dev.langevin.theory.PathScheme;
import dev.langevin.theory.Term;
import java.util.Arrays;
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
  private static final Seed ADDRESS = Seed.of(0).child("error account rows");
  private static final String ONE_LOSS =
      "a network's held-out loss bounds what steps and network lose together, which more steps do not"
          + " lower; see 'langevin explain' with --steps";

  /**
   * Of a run.
   *
   * @param rows how many are run to estimate what the steps of a deterministic solver cost; three runs of them
   */
  static ErrorAccount of(ModelSource model, Generation recipe, int rows) {
    if (model.consistencyFloor().isPresent()) {
      return unknown("a consistency function is no posterior mean, and has no bound");
    }
    Optional<ModelKnowledge.Facts> facts =
        model.knowledge().facts(model.denoiser(), sigmas(recipe));
    if (facts.isEmpty()) {
      return unknown(noLosses());
    }
    Optional<PathScheme> scheme = scheme(recipe.solver());
    try {
      if (scheme.isPresent()) {
        return bounded(facts.get(), recipe, scheme.get());
      }
      return recipe.solver().stochastic() || recipe.solver().adaptive()
          ? unknown("there is no bound for this solver; there is one for " + bounded())
          : flow(model, facts.get(), recipe, rows);
    } catch (IllegalArgumentException outside) {
      return unknown(String.valueOf(outside.getMessage()));
    }
  }

  /** The scheme of theory that a solver is. */
  static Optional<PathScheme> scheme(Solver solver) {
    if (solver instanceof ExponentialIntegrator) {
      return Optional.of(PathScheme.FROZEN_SCORE);
    }
    boolean frozen =
        solver.equals(new Ddpm())
            || solver.equals(new Ddim(1))
            || solver instanceof EulerAncestral
            || (solver instanceof SdeDpmSolverPlusPlus sde && sde.order() == 1);
    return frozen ? Optional.of(PathScheme.FROZEN_DENOISER) : Optional.empty();
  }

  private static String bounded() {
    return "ddpm, euler-ancestral, exponential, ddim with --set eta=1";
  }

  /** The order that a deterministic solver states. */
  private static int order(Solver solver) {
    if (solver instanceof DpmSolverPlusPlus plus) {
      return plus.halved() ? Math.min(2, plus.order()) : plus.order();
    }
    if (solver instanceof UniPc unipc) {
      return unipc.lowerBelow() > 0 ? 2 : unipc.order() + 1;
    }
    if (solver instanceof AdamsBashforth adams) {
      return adams.order();
    }
    return solver instanceof Heun || solver instanceof Plms ? 2 : 1;
  }

  private static double[] sigmas(Generation recipe) {
    return Arrays.stream(recipe.grid().times())
        .filter(time -> time > 0)
        .map(recipe.solver().noising()::sigma)
        .toArray();
  }

  private static ErrorAccount bounded(
      ModelKnowledge.Facts facts, Generation recipe, PathScheme scheme) {
    ErrorBudget budget =
        ErrorBudget.of(
            scheme,
            recipe.grid(),
            recipe.solver().noising(),
            recipe.solver().startingScale(recipe.grid().time(0)),
            facts.curve(),
            facts.secondMoment(),
            facts.error());
    return new ErrorAccount(budget.lines(), map(budget.terms()));
  }

  private static ErrorAccount flow(
      ModelSource model, ModelKnowledge.Facts facts, Generation recipe, int rows) {
    FlowBudget budget =
        FlowBudget.of(
            recipe,
            order(recipe.solver()),
            model.denoiser(),
            facts.curve(),
            facts.secondMoment(),
            rows,
            ADDRESS);
    return new ErrorAccount(budget.lines(), map(budget.terms()));
  }

  private static Map<String, Object> map(List<Term> terms) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Term term : terms) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("in", term.measure().label());
      one.put("kind", term.kind().label());
      if (term.kind() != Term.Kind.UNKNOWN) {
        one.put("value", term.amount().value());
        one.put("low", term.amount().low());
        one.put("high", term.amount().high());
      }
      map.put(term.name().replace(' ', '_'), one);
    }
    return map;
  }

  /** Of a run of which nothing is known. */
  static ErrorAccount unknown(String why) {
    return new ErrorAccount(List.of("error budget: unknown; " + why), Map.of("unknown", why));
  }

  private static String noLosses() {
    return "the model's folder holds no "
        + LevelLosses.FILE
        + " for these weights; 'langevin fit' leaves one when it finishes and rows are held out";
  }

  /**
   * The run that is promised to come within a total variation distance.
   *
   * @throws InputError if the solver has no bound, nothing is known of the model, or it would take too many steps
   */
  static BudgetPlan plan(ModelSource model, Solver solver, double target, OptionalDouble end) {
    PathScheme scheme =
        scheme(solver)
            .orElseThrow(
                () ->
                    refused(
                        "there is no bound for " + solver.name(), "choose one of " + bounded()));
    Generation usual = Generation.of(solver);
    double last = end.orElse(usual.sigmaMin());
    Generation reach = new Generation(solver, new Spacing.LogSnr(), 400, last, usual.sigmaMax());
    ModelKnowledge.Facts facts =
        model
            .knowledge()
            .facts(model.denoiser(), sigmas(reach))
            .orElseThrow(() -> refused(noLosses(), ""));
    try {
      return BudgetPlan.forTotalVariation(
          target, scheme, facts.curve(), facts.secondMoment(), last);
    } catch (IllegalArgumentException tooMany) {
      boolean learned = facts.curve().source() == MmseCurve.Source.HELD_OUT_LOSS;
      throw refused(String.valueOf(tooMany.getMessage()), learned ? ONE_LOSS : "");
    }
  }

  private static InputError refused(String why, String remedy) {
    return new InputError("--target-tv", why, remedy);
  }

  /** The generation of a plan. */
  static Generation recipe(Solver solver, BudgetPlan plan) {
    return new Generation(solver, plan.spacing(), plan.steps(), plan.sigmaMin(), plan.sigmaMax());
  }
}
