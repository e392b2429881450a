package dev.langevin.cli;

import dev.langevin.app.DistillJob;
import dev.langevin.app.FitSettings;
import dev.langevin.app.Job;
import dev.langevin.app.LearningSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "distill",
    description = {
      "Makes a consistency function of a fitted model: it generates in one or a few steps. It starts from the model's",
      "weights and learns to jump to where the model's own solver would walk. Stopped or killed, it resumes when the",
      "same command runs again.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin distill digits.model --out fast.model --minutes 5",
      "  langevin generate fast.model -n 100 --steps 1 --out fresh.png",
      "  langevin distill images.model --data images.npy --image 28x28 --out fast.model --steps 20000"
    })
final class DistillCommand implements Command {
  @Parameters(
      paramLabel = "MODEL",
      description = "A folder that 'langevin fit' wrote: the teacher.")
  Path teacher = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "The new model's folder.")
  Path out = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description = "What the teacher learned from (default: where it found it).")
  @Nullable String data;

  @Mixin DataFlags flags = new DataFlags();

  @Mixin BudgetFlags budget = new BudgetFlags();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Rows for each step (default: the teacher's).")
  @Nullable Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Highest learning rate of AdamW (default: a quarter of the teacher's).")
  @Nullable Double learningRate;

  @Option(
      names = "--levels",
      paramLabel = "N",
      defaultValue = "" + DistillJob.LEVELS,
      description =
          "Noise levels between which the teacher steps; more are nearer to its flow and slower to"
              + " learn (default: ${DEFAULT-VALUE}).")
  int levels;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      defaultValue = DistillJob.METRIC,
      description = "How rows are compared: pseudo-huber or squared (default: ${DEFAULT-VALUE}).")
  String metric = DistillJob.METRIC;

  @Option(
      names = "--target-decay",
      paramLabel = "F",
      defaultValue = "" + DistillJob.TARGET_DECAY,
      description =
          "Share of the target's weights that a step keeps, from 0 to below 1 (default:"
              + " ${DEFAULT-VALUE}).")
  double targetDecay;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = LearningSettings.AUTO,
      description = "As in 'langevin fit' (default: ${DEFAULT-VALUE}).")
  String precision = LearningSettings.AUTO;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "S",
      defaultValue = "" + LearningSettings.CHECKPOINT_SECONDS,
      description = "Seconds between two checkpoints (default: ${DEFAULT-VALUE}).")
  double checkpointSeconds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The model does not depend on it.")
  @Nullable Integer threads;

  @Option(names = "--fresh", description = "Throw away the model that is there, and start anew.")
  boolean fresh;

  @Override
  public Job job() {
    return new DistillJob(
        teacher,
        data == null ? Optional.empty() : Optional.of(flags.source(data)),
        settings(),
        DistillJob.recipe(levels, metric),
        targetDecay,
        Threads.orAll(threads),
        out,
        fresh);
  }

  private FitSettings settings() {
    return new FitSettings(
            budget.steps(),
            budget.minutes(),
            budget.seed,
            batch == null ? OptionalInt.empty() : OptionalInt.of(batch),
            learningRate == null ? OptionalDouble.empty() : OptionalDouble.of(learningRate),
            OptionalInt.empty(),
            0)
        .with(LearningSettings.USUAL.with(precision, checkpointSeconds));
  }
}
