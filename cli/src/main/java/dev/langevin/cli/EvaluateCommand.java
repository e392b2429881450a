package dev.langevin.cli;

import dev.langevin.app.EvaluateJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "evaluate",
    description = {
      "Compares samples with data: distances, each beside what two halves of the data give.",
      ""
    },
    footer = {"", "Example:", "  langevin evaluate fresh.npy --against digits.csv.gz"})
final class EvaluateCommand implements Command {
  @Parameters(paramLabel = "SAMPLES", description = "A file that 'langevin generate' wrote.")
  Path samples = Path.of("");

  @Option(names = "--against", paramLabel = "DATA", required = true, description = "The data.")
  Path against = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Any number (default: from the clock, and printed).")
  @Nullable Long seed;

  @Override
  public Job job() {
    return new EvaluateJob(samples, against, seed == null ? Seeds.fresh() : seed);
  }
}
