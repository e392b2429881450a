package dev.langevin.cli;

import dev.langevin.app.Job;
import dev.langevin.app.MinimiseJob;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "minimise",
    description = {"Finds the highest point of a density by simulated annealing.", ""},
    footer = {"", "Example:", "  langevin minimise two-modes --runs 4 --seed 1 --out mode.json"})
final class MinimiseCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      description = "Name of the density; 'langevin targets' lists them.")
  String target = "";

  @Option(
      names = "--moves",
      paramLabel = "NAME",
      defaultValue = "mala",
      description = "mala, or rwm for random-walk Metropolis (default: ${DEFAULT-VALUE}).")
  String moves = "mala";

  @Option(
      names = "--coldest",
      paramLabel = "B",
      defaultValue = "10000",
      description = "The last inverse temperature; the first is 0.1 (default: ${DEFAULT-VALUE}).")
  double coldest;

  @Option(
      names = "--levels",
      paramLabel = "N",
      defaultValue = "100",
      description = "Inverse temperatures, geometric (default: ${DEFAULT-VALUE}).")
  int levels;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Moves at each (default: ${DEFAULT-VALUE}).")
  int steps;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "4",
      description = "Independent runs, from starts of their own (default: ${DEFAULT-VALUE}).")
  int runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A JSON file for the best point and all traces (default: none).")
  @Nullable Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal numbers (default: from the clock, and printed).")
  @Nullable Long seed;

  @Override
  public Job job() {
    return new MinimiseJob(
        target,
        moves,
        coldest,
        levels,
        steps,
        runs,
        Optional.ofNullable(out),
        seed == null ? Seeds.fresh() : seed);
  }
}
