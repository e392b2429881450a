package dev.langevin.cli;

import dev.langevin.app.FitJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "fit",
    description = {"Learns a model from data. Run again with the same --out, it resumes.", ""},
    footer = {
      "",
      "Example:",
      "  langevin fit digits.csv.gz --out digits.model --minutes 2 --seed 1"
    })
final class FitCommand implements Command {
  @Parameters(
      paramLabel = "DATA",
      description = "CSV (.gz too), IDX, npy, or a folder of PNG or JPEG images.")
  Path data = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "MODEL",
      required = true,
      description = "Where the model goes.")
  Path out = Path.of("");

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "" + FitJob.MINUTES,
      description = "How long to learn (default: ${DEFAULT-VALUE}).")
  double minutes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Any number (default: from the clock, and printed).")
  @Nullable Long seed;

  @Override
  public Job job() {
    return new FitJob(data, out, minutes, seed == null ? Seeds.fresh() : seed);
  }
}
