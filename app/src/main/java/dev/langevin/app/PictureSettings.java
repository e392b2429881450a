package dev.langevin.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Which of the settings of a run a {@link Picture} listens to; the others must be left out, lest a file names what did not matter. */
enum PictureSettings {
  /** None: the picture has its own grid, or no run at all. */
  NONE,
  /** How many steps. */
  STEPS,
  /** Steps, spacing and ends of the levels, for solvers of its own choice. */
  GRID,
  /** All that make one run. */
  RUN;

  /**
   * Refuses settings that would not be listened to.
   *
   * @throws IllegalArgumentException if there are such
   */
  void require(SolverSettings how, String picture) {
    if (!heard(how).equals(how)) {
      throw new IllegalArgumentException(
          "the settings of a run must be left out with "
              + picture
              + (this == NONE ? "" : ", but for " + name().toLowerCase(java.util.Locale.ROOT)));
    }
  }

  private SolverSettings heard(SolverSettings how) {
    return switch (this) {
      case NONE -> SolverSettings.of(SolverSettings.SOLVER);
      case STEPS -> SolverSettings.of(SolverSettings.SOLVER, how.steps());
      case GRID -> of(SolverSettings.SOLVER, Map.of(), how);
      case RUN -> of(how.solver(), how.set(), how);
    };
  }

  private static SolverSettings of(String solver, Map<String, Double> set, SolverSettings how) {
    return new SolverSettings(
        solver, set, how.steps(), how.spacing(), how.sigmaMin(), how.sigmaMax());
  }

  /** What was heard, by name. */
  Map<String, Object> toMap(SolverSettings how) {
    if (this == RUN) {
      return how.toMap();
    }
    Map<String, Object> map = new LinkedHashMap<>();
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
    return flag("steps", how.steps().isPresent() ? how.steps().getAsInt() + "" : "")
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
