package dev.langevin.cli;

import dev.langevin.app.CheckJob;
import dev.langevin.app.Job;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "check",
    description = {
      "Checks a density before it is sampled: contract, gradient, tails, agreement of gradient and density over the distribution. Exit status 3 if something is wrong.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin check eight-schools",
      "  langevin check build/classes#com.example.MyDensity"
    })
final class CheckCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      description =
          "Name of a density that ships, or PLACE#CLASS: a jar or folder, and in it a public class that implements Density or Model.")
  String target = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the points that are looked at (default: ${DEFAULT-VALUE}).")
  long seed;

  @Override
  public Job job() {
    return new CheckJob(target, seed);
  }
}
