package dev.langevin.cli;

import dev.langevin.app.SolverSettings;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a solver and its grid. */
final class SolverFlags {
  @Option(
      names = "--solver",
      paramLabel = "NAME",
      description =
          "Which solver; 'langevin solvers' lists them with their settings (default: "
              + SolverSettings.SOLVER
              + "; for a folder of diffusers what its scheduler says). For such a folder also the class of another"
              + " of its schedulers, as DDIMScheduler.")
  @Nullable String solver;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the solver (default: the solver's own).")
  @Nullable Integer steps;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the solver or of the spacing, a number; may be given several times.")
  Map<String, Double> set = new TreeMap<>();

  @Option(
      names = "--spacing",
      paramLabel = "NAME",
      description =
          "How the noise levels lie; 'langevin solvers' lists the ways (default: the solver's own).")
  @Nullable String spacing;

  @Option(
      names = "--rho",
      paramLabel = "R",
      description = "karras: the larger, the more steps at low noise. Short for --set rho=R.")
  @Nullable Double rho;

  @Option(
      names = "--sigma-min",
      paramLabel = "S",
      description =
          "The last noise level above 0, for data of standard deviation 0.5 (default: 0.002).")
  @Nullable Double sigmaMin;

  @Option(
      names = "--sigma-max",
      paramLabel = "S",
      description = "The first noise level, for data of standard deviation 0.5 (default: 80).")
  @Nullable Double sigmaMax;

  @Option(
      names = "--target-tv",
      paramLabel = "E",
      description =
          "Choose horizon, levels and number of steps so that no event's probability is wrong by more than E, for a solver"
              + " with a bound (ddpm, exponential).")
  @Nullable Double targetTv;

  /** Whether any of these flags was given. */
  boolean given() {
    return solver != null
        || steps != null
        || !set.isEmpty()
        || spacing != null
        || rho != null
        || sigmaMin != null
        || sigmaMax != null
        || targetTv != null;
  }

  /** With the usual solver where none is named. */
  SolverSettings settings() {
    return settings(SolverSettings.SOLVER);
  }

  /** With the model's own where none is named. */
  SolverSettings ofModel() {
    return settings(SolverSettings.OWN);
  }

  private SolverSettings settings(String usual) {
    Map<String, Double> all = new TreeMap<>(set);
    if (rho != null) {
      all.put("rho", rho);
    }
    return new SolverSettings(
        solver == null ? usual : solver,
        all,
        steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
        Optional.ofNullable(spacing),
        optional(sigmaMin),
        optional(sigmaMax),
        optional(targetTv));
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
