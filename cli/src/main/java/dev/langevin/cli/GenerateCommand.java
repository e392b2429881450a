package dev.langevin.cli;

import dev.langevin.app.GenerateJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "generate",
    description = {"Draws fresh samples from a model.", ""},
    footer = {
      "",
      "Examples:",
      "  langevin generate digits.model -n 100 --seed 7 --out fresh.png --out fresh.npy",
      "  langevin generate mixture -n 10000 --solver exponential --out mixture.csv"
    })
final class GenerateCommand implements Command {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "A folder that 'langevin fit' wrote, or mixture: a Gaussian mixture's exact denoiser.")
  String model = "";

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "" + GenerateJob.COUNT,
      description = "How many samples (default: ${DEFAULT-VALUE}).")
  int count;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "Where they go: .png (a grid), .npy, .csv, .csv.gz, or a folder of pictures. May be"
              + " repeated.")
  List<Path> out = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal samples (default: from the clock, and printed).")
  @Nullable Long seed;

  @Option(
      names = "--solver",
      paramLabel = "NAME",
      defaultValue = GenerateJob.SOLVER,
      description =
          "heun, exponential, euler, annealed, euler-maruyama or adaptive-rk (default: ${DEFAULT-VALUE}).")
  String solver = GenerateJob.SOLVER;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the solver (default: the solver's own).")
  @Nullable Integer steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "" + GenerateJob.BATCH,
      description = "Samples that are moved together (default: ${DEFAULT-VALUE}).")
  int batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The samples do not depend on it.")
  @Nullable Integer threads;

  @Override
  public Job job() {
    return new GenerateJob(
        model,
        count,
        solver,
        steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
        batch,
        seed == null ? Seeds.fresh() : seed,
        Threads.orAll(threads),
        out);
  }
}
