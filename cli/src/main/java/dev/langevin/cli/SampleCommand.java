package dev.langevin.cli;

import dev.langevin.app.Job;
import dev.langevin.app.SampleJob;
import dev.langevin.app.SampleSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "sample",
    description = {
      "Draws from a density that ships, judges the draws, and writes them with summary and plots.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  langevin sample eight-schools --chains 4 --draws 1000 --seed 1 --out draws/"
    })
final class SampleCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      description = "Name of the density; 'langevin targets' lists them.")
  String target = "";

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      defaultValue = SampleSettings.SAMPLER,
      description =
          "hmc, mala, ula, or rwm for random-walk Metropolis (default: ${DEFAULT-VALUE}).")
  String sampler = SampleSettings.SAMPLER;

  @Option(
      names = "--chains",
      paramLabel = "N",
      defaultValue = "" + SampleSettings.CHAINS,
      description = "Chains, side by side (default: ${DEFAULT-VALUE}).")
  int chains;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "" + SampleSettings.WARMUP,
      description = "Draws of each chain to adapt with, not kept (default: ${DEFAULT-VALUE}).")
  int warmup;

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "" + SampleSettings.DRAWS,
      description = "Draws to keep of each chain (default: ${DEFAULT-VALUE}).")
  int draws;

  @Option(
      names = "--thin",
      paramLabel = "N",
      defaultValue = "" + SampleSettings.THIN,
      description = "Keep one draw in N (default: ${DEFAULT-VALUE}).")
  int thin;

  @Option(
      names = "--step-size",
      paramLabel = "H",
      description = "Where the step size starts; warm-up adapts it.")
  @Nullable Double stepSize;

  @Option(names = "--steps", paramLabel = "N", description = "hmc: leapfrog steps for each draw.")
  @Nullable Integer steps;

  @Option(
      names = "--trajectory",
      paramLabel = "L",
      description = "hmc: length of the path for each draw; instead of --steps.")
  @Nullable Double trajectory;

  @Option(
      names = "--target-acceptance",
      paramLabel = "P",
      description = "Mean acceptance that warm-up aims at (default: the sampler's own).")
  @Nullable Double targetAcceptance;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal draws (default: from the clock, and printed).")
  @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The draws do not depend on it.")
  @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where draws, summary and plots go (default: no files).")
  @Nullable Path out;

  @Option(names = "--no-plots", description = "No pictures.")
  boolean noPlots;

  @Option(names = "--all", description = "Show every quantity in the table.")
  boolean all;

  @Override
  public Job job() {
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return new SampleJob(target, settings(), workers, Optional.ofNullable(out), !noPlots, all);
  }

  private SampleSettings settings() {
    return new SampleSettings(
        sampler,
        stepSize == null ? OptionalDouble.empty() : OptionalDouble.of(stepSize),
        steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
        trajectory == null ? OptionalDouble.empty() : OptionalDouble.of(trajectory),
        chains,
        warmup,
        draws,
        thin,
        targetAcceptance == null ? OptionalDouble.empty() : OptionalDouble.of(targetAcceptance),
        seed == null ? Seeds.fresh() : seed);
  }
}
