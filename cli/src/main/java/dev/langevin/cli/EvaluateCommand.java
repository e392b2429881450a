package dev.langevin.cli;

import dev.langevin.app.EvaluateJob;
import dev.langevin.app.FitSettings;
import dev.langevin.app.Job;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "evaluate",
    description = {
      "Compares samples with data: distances, each beside what real rows against other real rows"
          + " give, and whether samples are copies.",
      ""
    },
    footer = {"", "Example:", "  langevin evaluate fresh.npy --against digits"})
final class EvaluateCommand implements Command {
  @Parameters(
      paramLabel = "SAMPLES",
      description = "npy, CSV or a folder of pictures, as 'langevin generate' writes them.")
  Path samples = Path.of("");

  @Option(
      names = "--against",
      paramLabel = "DATA",
      required = true,
      description = "The data: digits (ships), or a file or folder.")
  String against = "";

  @Mixin DataFlags flags = new DataFlags();

  @Option(
      names = "--holdout",
      paramLabel = "F",
      defaultValue = "" + FitSettings.HOLDOUT,
      description = "As given to 'langevin fit' (default: ${DEFAULT-VALUE}).")
  double holdout;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "" + EvaluateJob.ROWS,
      description = "Compare at most so many samples and rows (default: ${DEFAULT-VALUE}).")
  int rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + EvaluateJob.SEED,
      description = "Equal seeds give equal figures (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path out;

  @Override
  public Job job() {
    return new EvaluateJob(
        samples, flags.source(against), holdout, rows, seed, Optional.ofNullable(out));
  }
}
