package dev.langevin.cli;

import dev.langevin.app.ExplainJob;
import dev.langevin.app.Job;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "explain",
    description = {
      "Says what theory promises before a run: the step size and the number of steps of the unadjusted Langevin algorithm that bring each draw within an accuracy of"
          + " the target, with every assumption; or why nothing can be promised.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin explain gaussian --accuracy 0.1 --in w2",
      "  langevin explain mixture --accuracy 0.1 --in kl --log-sobolev 0.05"
    })
final class ExplainCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      description = "Name of the density; 'langevin targets' lists them.")
  String target = "";

  @Mixin AccuracyFlags accuracy = new AccuracyFlags();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of the short run that looks for what is not known (default: ${DEFAULT-VALUE}).")
  long seed;

  @Override
  public Job job() {
    return new ExplainJob(target, accuracy.given().orElseGet(() -> accuracy.of(0.1)), seed);
  }
}
