package dev.langevin.cli;

import dev.langevin.app.LearningSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of what is learned and in which numbers. */
final class LearningFlags {
  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description =
          "What the network answers with: edm, ddpm, x0, v, score, smld (default: edm); or autoencoder.")
  @Nullable String objective;

  @Option(
      names = "--weighting",
      paramLabel = "NAME",
      description =
          "Weight of each noise level: plain, simple, min-snr, truncated-snr, likelihood, edm (default: the objective's own).")
  @Nullable String weighting;

  @Option(
      names = "--levels",
      paramLabel = "NAME",
      description =
          "Law of the noise levels: lognormal, uniform (in time), log-uniform, ladder (default: the objective's own).")
  @Nullable String levels;

  @Option(
      names = "--level-draws",
      paramLabel = "NAME",
      defaultValue = LearningSettings.SPREAD,
      description =
          "How levels are drawn from it: spread (evenly), independent, importance (default: ${DEFAULT-VALUE}).")
  String draws = LearningSettings.SPREAD;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = LearningSettings.AUTO,
      description =
          "Numbers that are multiplied: fp32, bf16, or auto: bf16 for images where the processor has it (default: ${DEFAULT-VALUE}).")
  String precision = LearningSettings.AUTO;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "In how many pieces a batch goes through the network: less memory, the same up to rounding (default: ${DEFAULT-VALUE}).")
  int accumulation = 1;

  @Option(names = "--flips", description = "Mirror each image at random, left and right.")
  boolean flips;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "S",
      defaultValue = "" + LearningSettings.CHECKPOINT_SECONDS,
      description =
          "Seconds between two checkpoints, what a run that is killed loses at most (default: ${DEFAULT-VALUE}).")
  double checkpointSeconds;

  LearningSettings settings() {
    return new LearningSettings(
        Optional.ofNullable(objective),
        Optional.ofNullable(weighting),
        Optional.ofNullable(levels),
        draws,
        precision,
        accumulation,
        flips,
        checkpointSeconds);
  }
}
