package dev.langevin.cli;

import dev.langevin.app.DemoJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "demo",
    description = {
      "Both doors in a few minutes: learns the digits that ship, draws fresh ones, samples a real posterior, writes a report.",
      ""
    },
    footer = {"", "Example:", "  langevin demo"})
final class DemoCommand implements Command {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "demo",
      description = "Where everything goes (default: ${DEFAULT-VALUE}).")
  Path out = Path.of("demo");

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + DemoJob.SEED,
      description = "Equal seeds give equal samples (default: ${DEFAULT-VALUE}).")
  long seed;

  @Override
  public Job job() {
    return new DemoJob(out, seed);
  }
}
