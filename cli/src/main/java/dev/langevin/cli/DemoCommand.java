package dev.langevin.cli;

import dev.langevin.app.DemoJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "demo",
    description = {
      "Both doors in a few minutes: learns the digits that ship, draws fresh ones and judges them,"
          + " samples a real posterior, writes a report.",
      ""
    },
    footer = {"", "Example:", "  langevin demo"})
final class DemoCommand implements Command {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = DemoJob.OUT,
      description = "Where everything goes (default: ${DEFAULT-VALUE}).")
  Path out = Path.of(DemoJob.OUT);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + DemoJob.SEED,
      description = "Equal seeds give equal samples (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that work (default: one for each core).")
  @Nullable Integer threads;

  @Override
  public Job job() {
    return new DemoJob(out, seed, Threads.orAll(threads));
  }
}
