package dev.langevin.cli;

import dev.langevin.app.Job;
import dev.langevin.app.SpinJob;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "spin",
    description = {
      "Samples a spin glass by approximate message passing and stochastic localisation, and accounts for its error.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin spin sk --spins 2000 --beta 0.5 --samples 8 --seed 1",
      "  langevin spin z2 --spins 2000 --beta 1.5 --samples 4 --out configurations.npy"
    })
final class SpinCommand implements Command {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "sk (Sherrington–Kirkpatrick) or z2 (Z2 synchronisation: a planted vector in noise).")
  String model = "";

  @Option(
      names = "--spins",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Number of spins (default: ${DEFAULT-VALUE}).")
  int spins;

  @Option(
      names = "--beta",
      paramLabel = "B",
      defaultValue = "0.5",
      description = "Inverse temperature, or strength of the signal (default: ${DEFAULT-VALUE}).")
  double beta;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "8",
      description = "Configurations (default: ${DEFAULT-VALUE}).")
  int samples;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "0",
      description = "Steps of the localisation; 0 is its default.")
  int steps;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The samples do not depend on it.")
  @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the configurations go, .npy (default: nowhere).")
  @Nullable Path out;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "A picture of the overlaps, .png (default: none).")
  @Nullable Path plot;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Equal seeds give equal couplings and samples (default: from the clock, and printed).")
  @Nullable Long seed;

  @Override
  public Job job() {
    return new SpinJob(
        model,
        spins,
        beta,
        samples,
        steps,
        Threads.orAll(threads),
        Optional.ofNullable(out),
        Optional.ofNullable(plot),
        seed == null ? Seeds.fresh() : seed);
  }
}
