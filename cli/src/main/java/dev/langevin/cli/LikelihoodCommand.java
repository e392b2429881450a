package dev.langevin.cli;

import dev.langevin.app.Job;
import dev.langevin.app.LikelihoodJob;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "likelihood",
    description = {
      "Says how likely rows of data are under a model: log p by the probability-flow ODE, with its standard error; for"
          + " whole numbers, as in pictures, an upper bound of the bits per dimension.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin likelihood mixture points.csv",
      "  langevin likelihood digits.model digits --rows 20 --sigma-min 0.03 --out bits.csv"
    })
final class LikelihoodCommand implements Command {
  @Parameters(index = "0", paramLabel = "MODEL", description = "As of 'langevin generate'.")
  String model = "";

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description = "The rows: digits (ships), or a file or folder.")
  String data = "";

  @Mixin DataFlags flags = new DataFlags();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "" + LikelihoodJob.ROWS,
      description =
          "So many rows at most, evenly spread over the data (default: ${DEFAULT-VALUE}).")
  int rows;

  @Option(
      names = "--class",
      paramLabel = "K",
      description = "Under the model of this class (default: of all together).")
  @Nullable String ofClass;

  @Option(
      names = "--probes",
      paramLabel = "M",
      description =
          "Random vectors for the trace; 0 is exact (default: exact up to 16 numbers a row, 8 above).")
  @Nullable Integer probes;

  @Option(
      names = "--sigma-min",
      paramLabel = "S",
      defaultValue = "" + LikelihoodJob.SIGMA_MIN,
      description =
          "The density is that of the model with so much noise, for data of standard deviation 0.5"
              + " (default: ${DEFAULT-VALUE}).")
  double sigmaMin;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the probes and the noise on whole numbers (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The numbers do not depend on it.")
  @Nullable Integer threads;

  @Option(names = "--out", paramLabel = "FILE", description = "A CSV with each row's log density.")
  @Nullable Path out;

  @Override
  public Job job() {
    return new LikelihoodJob(
        model,
        flags.source(data),
        rows,
        Optional.ofNullable(ofClass),
        probes == null ? OptionalInt.empty() : OptionalInt.of(probes),
        sigmaMin,
        seed,
        Threads.orAll(threads),
        Optional.ofNullable(out));
  }
}
