package dev.langevin.cli;

import dev.langevin.app.ExplainJob;
import dev.langevin.app.ExplainModelJob;
import dev.langevin.app.Job;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "explain",
    description = {
      "Says what theory promises before a run: the step size and the number of steps of the unadjusted Langevin algorithm that bring each draw within an accuracy of"
          + " the target, with every assumption; or why nothing can be promised.",
      "",
      "With a solver's flags, or a model's folder: of what the error of a generation will be made (the start, the steps, the denoiser), or with --target-tv which run keeps a promise.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin explain gaussian --accuracy 0.1 --in w2",
      "  langevin explain mixture --accuracy 0.1 --in kl --log-sobolev 0.05",
      "  langevin explain mixture --solver exponential --steps 200 --horizon 5",
      "  langevin explain mixture --solver ddpm --target-tv 0.05 --sigma-min 0.05"
    })
final class ExplainCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      description =
          "Name of the density; 'langevin targets' lists them. Or a model to generate from, as of 'langevin generate'.")
  String target = "";

  @Mixin AccuracyFlags accuracy = new AccuracyFlags();

  @Mixin SolverFlags solver = new SolverFlags();

  @Option(
      names = "--horizon",
      paramLabel = "T",
      description =
          "How long noise is added, on the clock of dX = -X dt + √2 dB; instead of --sigma-max.")
  @Nullable Double horizon;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of the short run that looks for what is not known (default: ${DEFAULT-VALUE}).")
  long seed;

  @Override
  public Job job() {
    if (solver.given() || horizon != null || ExplainModelJob.isModel(target)) {
      OptionalDouble time = horizon == null ? OptionalDouble.empty() : OptionalDouble.of(horizon);
      return new ExplainModelJob(target, solver.ofModel(), time, Threads.orAll(null));
    }
    return new ExplainJob(target, accuracy.given().orElseGet(() -> accuracy.of(0.1)), seed);
  }
}
