package dev.langevin.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Which of the settings of a run a {@link Picture} listens to; the others must be left out, lest a file names what did not matter. */
enum PictureSettings {
  /** None: the picture has its own grid, or no run at all. */
  NONE,
  /** How many steps. */
  STEPS("steps"),
  /** Steps, spacing and ends of the levels, for solvers of its own choice. */
  GRID("steps", "spacing", "sigma-min", "sigma-max"),
  /** A solver, its spacing and its first level, for steps and last levels of its own choice. */
  SOLVER("solver", "set", "spacing", "sigma-max"),
  /** All that make one run. */
  RUN("solver", "set", "steps", "spacing", "sigma-min", "sigma-max");

  private final List<String> flags;

  PictureSettings(String... flags) {
    this.flags = List.of(flags);
  }

  /**
   * Refuses settings that would not be listened to.
   *
   * @throws IllegalArgumentException if there are such
   */
  void require(SolverSettings how, String picture) {
    if (how.isScheduler()) {
      throw new IllegalArgumentException(
          "solver must be one that 'langevin solvers' lists with "
              + picture
              + ", got "
              + how.solver());
    }
    if (!heard(how).equals(how)) {
      String but = flags.isEmpty() ? "" : ", but for --" + String.join(", --", flags);
      throw new IllegalArgumentException(
          "the settings of a run must be left out with " + picture + but);
    }
  }

  private boolean hears(String flag) {
    return flags.contains(flag);
  }

  private SolverSettings heard(SolverSettings how) {
    return new SolverSettings(
        hears("solver") ? how.solver() : SolverSettings.SOLVER,
        hears("set") ? how.set() : Map.of(),
        hears("steps") ? how.steps() : OptionalInt.empty(),
        hears("spacing") ? how.spacing() : Optional.empty(),
        hears("sigma-min") ? how.sigmaMin() : OptionalDouble.empty(),
        hears("sigma-max") ? how.sigmaMax() : OptionalDouble.empty());
  }

  /** What was heard, by name. */
  Map<String, Object> toMap(SolverSettings how) {
    if (this == RUN) {
      return how.toMap();
    }
    Map<String, Object> map = new LinkedHashMap<>();
    if (hears("solver")) {
      map.put("solver", how.recipe().solver().toString());
    }
    how.steps().ifPresent(value -> map.put("steps", value));
    how.spacing().ifPresent(value -> map.put("spacing", value));
    how.sigmaMin().ifPresent(value -> map.put("sigma_min", value));
    how.sigmaMax().ifPresent(value -> map.put("sigma_max", value));
    return map;
  }

  /** What was heard, as the flags that one would type, a blank before each. */
  String flags(SolverSettings how) {
    if (this == RUN) {
      return " " + how.flags();
    }
    return (hears("solver") ? " " + how.solverFlags() : "")
        + flag("steps", how.steps().isPresent() ? how.steps().getAsInt() + "" : "")
        + flag("spacing", how.spacing().orElse(""))
        + flag("sigma-min", text(how.sigmaMin()))
        + flag("sigma-max", text(how.sigmaMax()));
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static String flag(String name, String value) {
    return value.isEmpty() ? "" : " --" + name + " " + value;
  }
}
