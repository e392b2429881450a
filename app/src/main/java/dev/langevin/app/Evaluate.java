package dev.langevin.app;

import dev.langevin.distance.Comparison;
import dev.langevin.distance.Distance;
import dev.langevin.io.Datasets;
import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.io.Json;
import dev.langevin.io.Provenance;
import dev.langevin.io.ReadOptions;
import dev.langevin.random.Seed;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Does an {@link EvaluateJob}. */
final class Evaluate {
  private static final int FEWEST_SAMPLES = 20;

  private final EvaluateJob job;

  Evaluate(EvaluateJob job) {
    this.job = job;
  }

  /** Where the random numbers of comparisons come from. */
  static Seed address(long seed) {
    return Seed.of(seed).child("evaluate");
  }

  Ending run(Console console) {
    job.out().ifPresent(RowsTarget::requireWritable);
    job.pairs().ifPresent(RowsTarget::requireWritable);
    requireSamples();
    Dataset real = job.against().read();
    Dataset fresh = samples(real);
    requireColumns(real);
    requireEnough(fresh, job.samples().toString(), "generate more");
    requireEnough(real, job.against().name(), "give more data");
    Split split = Split.of(real.rows(), job.holdout());
    Optional<FeatureNetwork> chosen =
        real.isImages() ? FeatureChoice.of(job.features(), real, console) : withoutImages();
    if (chosen.isPresent()) {
      try (FeatureNetwork network = chosen.get()) {
        byFeatures(network, fresh, real, split, console);
      }
    } else {
      Evaluation evaluation = evaluate(fresh, real, split, console);
      show(evaluation, fresh, real, console);
      finish(evaluation.toMap(), names(false), fresh, real, FeatureChoice.PIXELS, console);
    }
    job.pairs().ifPresent(target -> pairs(target, fresh, real.select(split.training()), console));
    return Ending.FINISHED;
  }

  private Optional<FeatureNetwork> withoutImages() {
    if (!job.features().equals(FeatureChoice.AUTO)
        && !job.features().equals(FeatureChoice.PIXELS)) {
      throw new InputError(
          "--features " + job.features(),
          "is for images, but rows of %s are none".formatted(job.against().name()),
          "leave it out, or give the images' shape, for example --image 28x28");
    }
    if (job.pairs().isPresent()) {
      throw new InputError(
          "--pairs",
          "is for images, but rows of %s are none".formatted(job.against().name()),
          "leave it out, or give the images' shape, for example --image 28x28");
    }
    return Optional.empty();
  }

  private List<String> names(boolean byFeatures) {
    return !job.distances().isEmpty()
        ? job.distances()
        : byFeatures ? ImageFigures.DISTANCES : EvaluateJob.DISTANCES;
  }

  private void byFeatures(
      FeatureNetwork network, Dataset fresh, Dataset real, Split split, Console console) {
    List<String> names = names(true);
    Backend.threads(job.threads());
    ImageEvaluation evaluation =
        ImageEvaluation.of(
            network,
            fresh,
            real,
            split,
            names,
            job.rows().orElse(EvaluateJob.IMAGES),
            address(job.seed()),
            job.threads(),
            console);
    console.line(evaluation.floor() + ":");
    console.line("");
    console.table(evaluation.table(names));
    console.line("");
    for (Comparison comparison : evaluation.comparisons()) {
      console.line(comparison.reading());
    }
    console.line(evaluation.confidence());
    evaluation.memorisation().ifPresent(memory -> show(memory, console));
    finish(evaluation.toMap(names), names, fresh, real, network.name(), console);
  }

  private void pairs(Path target, Dataset fresh, Dataset learned, Console console) {
    NearestPairs.of(fresh, learned, job.threads())
        .write(
            target,
            PixelRange.of(learned),
            provenance(names(false), fresh, learned, FeatureChoice.PIXELS));
    console.line("Wrote " + target + ": samples, each left of the nearest image learned from.");
  }

  private void requireSamples() {
    Path path = job.samples();
    if (!Files.exists(path)) {
      throw new InputError(path.toString(), "there is no such file or folder", "check the path");
    }
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (!Files.isDirectory(path) && name.endsWith(".png")) {
      throw new InputError(
          path.toString(),
          "a grid of pictures cannot be taken apart again",
          "generate once more with --out NAME.npy and evaluate that");
    }
  }

  private Dataset samples(Dataset real) {
    ReadOptions options = ReadOptions.defaults();
    Dataset fresh =
        Datasets.read(
            job.samples(),
            real.isImages() && !Files.isDirectory(job.samples())
                ? options.withShape(real.shape())
                : options);
    if (fresh.width() != real.width()) {
      throw new InputError(
          job.samples().toString(),
          "rows have shape %s, but those of %s have shape %s"
              .formatted(
                  DataFacts.written(fresh.shape()),
                  job.against().name(),
                  DataFacts.written(real.shape())),
          "compare samples with the data that the model learned from, read with the same flags");
    }
    return fresh;
  }

  private static void requireEnough(Dataset data, String place, String remedy) {
    if (data.rows() < FEWEST_SAMPLES) {
      throw new InputError(
          place,
          "has %d rows, too few to compare (at least %d)".formatted(data.rows(), FEWEST_SAMPLES),
          remedy);
    }
  }

  private void requireColumns(Dataset real) {
    if (job.distances().contains("w2-line") && real.width() != 1) {
      throw new InputError(
          "--distance w2-line",
          "is for rows of one value, but these have " + real.width(),
          "take --distance w2 or sliced");
    }
  }

  private Evaluation evaluate(Dataset fresh, Dataset real, Split split, Console console) {
    List<Distance> distances = Evaluation.distances(names(false));
    int total = Evaluation.comparisons(split, distances.size());
    int[] done = {0};
    try (Progress progress = console.progress("comparing", total, "comparisons")) {
      return Evaluation.of(
          fresh,
          real,
          split,
          distances,
          job.rows().orElse(EvaluateJob.ROWS),
          address(job.seed()),
          () -> progress.advanceTo(++done[0]));
    }
  }

  private void show(Evaluation evaluation, Dataset fresh, Dataset real, Console console) {
    console.line(
        "%s: %d samples against %d rows of %s%s"
            .formatted(
                job.samples(),
                fresh.rows(),
                real.rows(),
                job.against().name(),
                real.isImages() ? "" : ", columns divided by their standard deviation"));
    console.line("");
    console.table(new Table(Evaluation.headers(), evaluation.rows()));
    console.line("");
    for (Evaluation.Part part : evaluation.parts()) {
      for (Comparison comparison : part.comparisons()) {
        console.line(Evaluation.sentence(part, comparison));
      }
    }
    evaluation.memorisation().ifPresent(memory -> show(memory, console));
  }

  private static void show(Memorisation memory, Console console) {
    console.line("");
    console.line("Copies? " + memory.figures() + ".");
    console.line(
        "Median distance to the nearest row learned from: %s of samples, %s of held-out rows."
            .formatted(Numbers.brief(memory.freshMedian()), Numbers.brief(memory.realMedian())));
    console.line(memory.reading());
  }

  private void finish(
      Map<String, Object> figures,
      List<String> names,
      Dataset fresh,
      Dataset real,
      String features,
      Console console) {
    figures.put("features", features);
    figures.put("provenance", provenance(names, fresh, real, features).toMap());
    job.out()
        .ifPresent(
            out -> {
              Json.write(out, figures);
              console.line("Wrote " + out);
            });
  }

  private Provenance provenance(List<String> names, Dataset fresh, Dataset real, String features) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("samples", fresh.rows());
    settings.put("rows", real.rows());
    settings.put("shape", Arrays.stream(real.shape()).boxed().toList());
    settings.put("holdout", job.holdout());
    settings.put("most_rows", job.rows().orElse(most(features)));
    settings.put("distances", names);
    if (real.isImages()) {
      settings.put("features", features);
    }
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("samples", Hashes.sha256(job.samples()));
    inputs.put("against", job.against().sha256());
    String command =
        "langevin evaluate %s --against %s --seed %d"
            .formatted(job.samples().getFileName(), job.against().name(), job.seed());
    return new Provenance(Version.current(), command, job.seed(), settings, inputs);
  }

  private static int most(String features) {
    return features.equals(FeatureChoice.PIXELS) ? EvaluateJob.ROWS : EvaluateJob.IMAGES;
  }
}
