package dev.langevin.cli;

import dev.langevin.app.DataSource;
import dev.langevin.app.LearningSettings;
import dev.langevin.app.NetworkChoice;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of what is learned and in which numbers. */
final class LearningFlags {
  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description =
          "What the network answers with: edm, ddpm, x0, v, score, smld (default: edm); or autoencoder. implicit, sliced and cd learn the energy of one density of points, for 'langevin sample'.")
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

  @Option(
      names = "--network",
      paramLabel = "FILE",
      description =
          "The network from a JSON file: an architecture as in a model's config.json, or the config.json of a UNet2DModel of diffusers.")
  @Nullable Path network;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Learn the classes too: a file with one class per row (IDX, npy, CSV), or auto: the labels that come with the data.")
  @Nullable String labels;

  @Option(
      names = "--label-drop",
      paramLabel = "P",
      description =
          "Chance that a row's class is hidden, so that 'generate' can leave it open or be guided (default: "
              + LearningSettings.LABEL_DROP
              + "; 0 for neither).")
  @Nullable Double labelDrop;

  /** The data with their labels, if the network is to learn them. */
  DataSource labelled(DataSource data) {
    return labels == null ? data : data.withLabels(labels);
  }

  LearningSettings settings() {
    if (labels == null && labelDrop != null) {
      throw new IllegalArgumentException("label-drop must be left out where there are no --labels");
    }
    LearningSettings plain = plain();
    double dropped = labelDrop == null ? LearningSettings.LABEL_DROP : labelDrop;
    LearningSettings how = labels == null ? plain : plain.withClasses(dropped);
    return network == null ? how : how.withNetwork(new NetworkChoice.Described(network));
  }

  private LearningSettings plain() {
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
