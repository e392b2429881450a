package dev.langevin.cli;

import dev.langevin.app.EvidenceJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "evidence",
    description = {
      "Estimates log Z, the logarithm of the integral of a density, by tempered sequential Monte Carlo, with an error from independent runs.",
      ""
    },
    footer = {"", "Example:", "  langevin evidence two-modes --particles 2000 --runs 8 --seed 1"})
final class EvidenceCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      description = "Name of the density; 'langevin targets' lists them.")
  String target = "";

  @Option(
      names = "--particles",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Particles of each run (default: ${DEFAULT-VALUE}).")
  int particles;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "4",
      description = "Independent runs (default: ${DEFAULT-VALUE}).")
  int runs;

  @Option(
      names = "--scale",
      paramLabel = "S",
      description =
          "Standard deviation of the law that the particles come from, wide enough for all modes (default: 5).")
  @Nullable Double scale;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The numbers do not depend on it.")
  @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the particles go, .csv or .npy (default: nowhere).")
  @Nullable Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal numbers (default: from the clock, and printed).")
  @Nullable Long seed;

  @Override
  public Job job() {
    return new EvidenceJob(
        target,
        particles,
        runs,
        scale == null ? OptionalDouble.empty() : OptionalDouble.of(scale),
        Threads.orAll(threads),
        Optional.ofNullable(out),
        seed == null ? Seeds.fresh() : seed);
  }
}
