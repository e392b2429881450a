package dev.langevin.cli;

import dev.langevin.app.FitSettings;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of how long a network learns, and from which random numbers. */
final class BudgetFlags {
  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "How long to learn (default: " + FitSettings.MINUTES + ").")
  @Nullable Double minutes;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "How many optimizer steps, instead of minutes: the same model every time.")
  @Nullable Long steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + FitSettings.SEED,
      description = "Equal seeds and steps give equal models (default: ${DEFAULT-VALUE}).")
  long seed;

  OptionalLong steps() {
    return steps == null ? OptionalLong.empty() : OptionalLong.of(steps);
  }

  OptionalDouble minutes() {
    return minutes == null ? OptionalDouble.empty() : OptionalDouble.of(minutes);
  }
}
