package dev.langevin.app;

import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.interchange.SchedulerConfig;
import dev.langevin.io.InputError;
import dev.langevin.math.Check;
import dev.langevin.solver.Consistency;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Solver;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * How noise becomes data: a solver with its settings, and its grid.
 *
 * @param solver its name; {@code langevin solvers} lists them. Or {@value #OWN}, or for a folder of diffusers the class of one of its schedulers ({@link SchedulerConfig#names}), which then has
 *     the settings of the folder's, steps of its own and spacings {@link #TIMESTEPS}
 * @param set settings by key, those of the solver and of the spacing
 * @param steps how many steps the solver takes, at least 1; its own default when empty
 * @param spacing how the noise levels lie, by name; the solver's own when empty
 * @param sigmaMin the last noise level above 0, for data of standard deviation 0.5; 0.002 when empty
 * @param sigmaMax the first noise level; 80 when empty
 * @param targetTv the total variation distance that shall be promised, strictly between 0 and 1: it chooses steps, spacing and first level, which must then be empty
 */
public record SolverSettings(
    String solver,
    Map<String, Double> set,
    OptionalInt steps,
    Optional<String> spacing,
    OptionalDouble sigmaMin,
    OptionalDouble sigmaMax,
    OptionalDouble targetTv) {
  /** The solver, unless said otherwise. */
  public static final String SOLVER = "heun";

  /** DDIM's share of fresh noise, an argument of its scheduler and no setting. */
  static final String ETA = "eta";

  /** What the model brings along: what the scheduler of a folder of diffusers says, {@value #SOLVER} for other models. */
  public static final String OWN = "own";

  /** The spacings of a scheduler. */
  static final List<String> TIMESTEPS = List.of("linspace", "leading", "trailing");

  public SolverSettings {
    set = Collections.unmodifiableMap(new TreeMap<>(set));
    steps.ifPresent(value -> Check.between("steps", value, 1, 1_000_000));
    if (isScheduler(solver)) {
      requireOfScheduler(set, spacing, sigmaMin.isPresent() || sigmaMax.isPresent());
    } else {
      recipe(solver, set, steps, spacing, sigmaMin, sigmaMax)
          .grid(); // refuses more steps than a chain has
    }
    if (targetTv.isPresent()) {
      Check.inside("targetTv", targetTv.getAsDouble(), 0, 1);
      if (steps.isPresent() || spacing.isPresent() || sigmaMax.isPresent()) {
        throw new IllegalArgumentException(
            "steps, spacing and sigmaMax must be left to targetTv, got one of them too");
      }
    }
  }

  /** Without a target. */
  public SolverSettings(
      String solver,
      Map<String, Double> set,
      OptionalInt steps,
      Optional<String> spacing,
      OptionalDouble sigmaMin,
      OptionalDouble sigmaMax) {
    this(solver, set, steps, spacing, sigmaMin, sigmaMax, OptionalDouble.empty());
  }

  /** The usual ones of this solver. */
  public static SolverSettings of(String solver) {
    return of(solver, OptionalInt.empty());
  }

  /** The usual ones of this solver, but for the number of steps. */
  public static SolverSettings of(String solver, OptionalInt steps) {
    return new SolverSettings(
        solver, Map.of(), steps, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** Whether the solver is a scheduler of diffusers. */
  boolean isScheduler() {
    return isScheduler(solver);
  }

  private static boolean isScheduler(String name) {
    return SchedulerConfig.names().contains(name);
  }

  /** Whether the solver is one of the menu's. */
  boolean isPlain() {
    return !isScheduler() && !solver.equals(OWN);
  }

  /** Refuses what a scheduler has no use for. */
  private static void requireOfScheduler(
      Map<String, Double> set, Optional<String> spacing, boolean ends) {
    if (ends || !Set.of(ETA).containsAll(set.keySet())) {
      throw new IllegalArgumentException(
          "settings of levels and solver must be left out with a scheduler of diffusers, but for "
              + ETA
              + " of DDIMScheduler; name a solver of 'langevin solvers' to set them");
    }
    spacing.ifPresent(SolverSettings::requireTimesteps);
  }

  private static void requireTimesteps(String spacing) {
    if (!TIMESTEPS.contains(spacing)) {
      throw new IllegalArgumentException(
          "spacing must be one of "
              + String.join(", ", TIMESTEPS)
              + " with a scheduler of diffusers, got "
              + spacing);
    }
  }

  /** The same for this model, where {@value #OWN} is {@value #SOLVER} unless the model brings a scheduler along. */
  SolverSettings on(ModelSource model) {
    boolean brings = model.scheduled() != null;
    if (!brings && isScheduler()) {
      throw new InputError(
          "--solver",
          solver + " is a scheduler of diffusers, and " + model.name() + " no folder of diffusers",
          "choose one that 'langevin solvers' lists");
    }
    return brings || !solver.equals(OWN)
        ? this
        : new SolverSettings(SOLVER, set, steps, spacing, sigmaMin, sigmaMax, targetTv);
  }

  /** Solver and grid for a model; it matters where a target or a scheduler chooses them, or the model is a consistency function. */
  Generation recipe(ModelSource model) {
    if (model.scheduled() != null) {
      return model.scheduled();
    }
    if (model.consistencyFloor().isPresent()) {
      return consistency(model, model.consistencyFloor().getAsDouble());
    }
    Generation plain = recipe();
    if (plain.solver() instanceof Consistency) {
      throw new InputError(
          "--solver",
          "consistency is for consistency functions, and " + model.name() + " is a denoiser",
          "make one of a fitted model: langevin distill MODEL --out FOLDER");
    }
    return targetTv.isEmpty()
        ? plain
        : ErrorAccount.recipe(
            plain.solver(),
            ErrorAccount.plan(model, plain.solver(), targetTv.getAsDouble(), sigmaMin));
  }

  /** A consistency function has one solver; the usual one's name, heun, stands for it. */
  private Generation consistency(ModelSource model, double floor) {
    boolean fits = solver.equals(SOLVER) || solver.equals(SolverMenu.CONSISTENCY.name());
    if (!fits || targetTv.isPresent()) {
      throw new InputError(
          model.name(),
          "is a consistency function, which has one solver and no bound",
          "leave out --solver and --target-tv");
    }
    Generation usual =
        recipe(SolverMenu.CONSISTENCY.name(), set, steps, spacing, sigmaMin, sigmaMax);
    double last = sigmaMin.orElse(floor);
    return new Generation(
        new Consistency(floor), usual.spacing(), usual.steps(), last, usual.sigmaMax());
  }

  /** Solver and grid, no target looked at. */
  Generation recipe() {
    return recipe(solver, set, steps, spacing, sigmaMin, sigmaMax);
  }

  private static Generation recipe(
      String name,
      Map<String, Double> set,
      OptionalInt steps,
      Optional<String> spacing,
      OptionalDouble sigmaMin,
      OptionalDouble sigmaMax) {
    Map<String, Double> own = new TreeMap<>(set);
    Map<String, Double> levels = new TreeMap<>(set);
    own.keySet().removeIf(SpacingMenu::knows);
    levels.keySet().retainAll(set.keySet().stream().filter(SpacingMenu::knows).toList());
    Solver solver = SolverMenu.named(name.equals(OWN) ? SOLVER : name).of(own);
    Generation usual = Generation.of(solver, steps.orElse(solver.defaultSteps()));
    sigmaMin.ifPresent(value -> requireUsed("sigmaMin", spacing));
    sigmaMax.ifPresent(value -> requireUsed("sigmaMax", spacing));
    Spacing spaced =
        spacing.isEmpty() && levels.isEmpty()
            ? solver.spacing()
            : SpacingMenu.named(spacing.orElse(solver.spacing().name())).of(levels);
    return new Generation(
        solver,
        spaced,
        usual.steps(),
        sigmaMin.orElse(usual.sigmaMin()),
        sigmaMax.orElse(usual.sigmaMax()));
  }

  /** Refuses an end of the levels where the spacing brings its own. */
  private static void requireUsed(String name, Optional<String> spacing) {
    if (spacing.isPresent() && SpacingMenu.named(spacing.get()).of(Map.of()) instanceof Timesteps) {
      throw new IllegalArgumentException(
          name + " must be left out with spacing " + spacing.get() + ", which has its own ends");
    }
  }

  /** All of them by name, the defaults filled in, no target looked at. */
  Map<String, Object> toMap() {
    return toMap(recipe());
  }

  /** All settings of a recipe by name. */
  static Map<String, Object> toMap(Generation recipe) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("solver", recipe.solver().toString());
    boolean listed = recipe.spacing() instanceof Spacing.Listed;
    map.put("spacing", listed ? recipe.spacing().name() : recipe.spacing().toString());
    map.put("steps", recipe.steps());
    map.put("evaluations", recipe.evaluations());
    if (!(recipe.spacing() instanceof Timesteps)) {
      map.put("sigma_min", recipe.sigmaMin());
      map.put("sigma_max", recipe.sigmaMax());
    }
    return map;
  }

  /** The flags that one would type. */
  String flags() {
    return flags(targetTv.isEmpty() ? recipe().steps() : 0);
  }

  /** The flags that one would type for a run of so many steps. */
  String flags(int chosen) {
    StringBuilder flags = new StringBuilder(solverFlags());
    if (targetTv.isEmpty()) {
      flags.append(" --steps " + chosen);
    }
    targetTv.ifPresent(value -> flags.append(" --target-tv " + value));
    spacing.ifPresent(name -> flags.append(" --spacing " + name));
    sigmaMin.ifPresent(value -> flags.append(" --sigma-min " + value));
    sigmaMax.ifPresent(value -> flags.append(" --sigma-max " + value));
    return flags.toString();
  }

  /** Those of the solver, without its grid. */
  String solverFlags() {
    StringBuilder flags = new StringBuilder("--solver " + solver);
    set.forEach((key, value) -> flags.append(" --set " + key + "=" + plain(value)));
    return flags.toString();
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
