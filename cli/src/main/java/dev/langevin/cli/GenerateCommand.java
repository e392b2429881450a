package dev.langevin.cli;

import dev.langevin.app.GenerateJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "generate",
    description = {"Draws fresh samples from a model.", ""},
    footer = {"", "Example:", "  langevin generate digits.model -n 100 --seed 7 --out fresh.png"})
final class GenerateCommand implements Command {
  @Parameters(paramLabel = "MODEL", description = "A model that 'langevin fit' wrote.")
  Path model = Path.of("");

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "" + GenerateJob.COUNT,
      description = "How many samples (default: ${DEFAULT-VALUE}).")
  int count;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "" + GenerateJob.STEPS,
      description = "Steps of the solver (default: ${DEFAULT-VALUE}).")
  int steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal samples (default: from the clock, and printed).")
  @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the samples go: .png, .npy, .csv, or a folder of images.")
  Path out = Path.of("");

  @Override
  public Job job() {
    return new GenerateJob(model, count, steps, seed == null ? Seeds.fresh() : seed, out);
  }
}
