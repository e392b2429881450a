package dev.langevin.cli;

import dev.langevin.app.DataSource;
import dev.langevin.app.FeaturesJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "features",
    description = {
      "Trains a small classifier on labelled images. 'langevin evaluate --features FOLDER' compares images on what its",
      "last hidden layer makes of them. For MNIST and Fashion-MNIST such networks ship.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin features train-images-idx3-ubyte.gz --labels train-labels-idx1-ubyte.gz --out mine.features",
      "  langevin features digits --out digits.features --epochs 30"
    })
final class FeaturesCommand implements Command {
  @Parameters(
      paramLabel = "DATA",
      description = "Images with classes: digits (ships), IDX, npy, CSV, or a folder of folders.")
  String data = "";

  @Option(names = "--labels", paramLabel = "FILE", description = "A class for each image of DATA.")
  @Nullable Path labels;

  @Option(
      names = "--test",
      paramLabel = "DATA",
      description = "Other images, to measure it on (default: a tenth of DATA, kept apart).")
  @Nullable String test;

  @Option(
      names = "--test-labels",
      paramLabel = "FILE",
      description = "A class for each image of --test.")
  @Nullable Path testLabels;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "The network's folder.")
  Path out = Path.of("");

  @Mixin DataFlags flags = new DataFlags();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "" + FeaturesJob.EPOCHS,
      description = "Passes through the images (default: ${DEFAULT-VALUE}).")
  int epochs;

  @Option(
      names = "--shift",
      paramLabel = "N",
      defaultValue = "" + FeaturesJob.SHIFT,
      description =
          "Move each image at random by up to so many pixels (default: ${DEFAULT-VALUE}).")
  int shift;

  @Option(names = "--flips", description = "Mirror each image at random, left and right.")
  boolean flips;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + FeaturesJob.SEED,
      description = "Equal seeds give equal networks (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The network does not depend on it.")
  @Nullable Integer threads;

  @Override
  public Job job() {
    DataSource judge = test == null ? null : labelled(flags.source(test), testLabels);
    return new FeaturesJob(
        labelled(flags.source(data), labels),
        Optional.ofNullable(judge),
        epochs,
        shift,
        flips,
        seed,
        Threads.orAll(threads),
        out);
  }

  private static DataSource labelled(DataSource source, @Nullable Path file) {
    return file == null ? source : source.withLabelFile(file);
  }
}
