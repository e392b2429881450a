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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    requireSamples();
    Dataset real = job.against().read();
    Dataset fresh = samples(real);
    requireColumns(real);
    requireEnough(fresh, job.samples().toString(), "generate more");
    requireEnough(real, job.against().name(), "give more data");
    Split split = Split.of(real.rows(), job.holdout());
    Evaluation evaluation = evaluate(fresh, real, split, console);
    show(evaluation, fresh, real, console);
    job.out()
        .ifPresent(
            out -> {
              Json.write(out, document(evaluation, fresh, real));
              console.line("Wrote " + out);
            });
    return Ending.FINISHED;
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
    List<Distance> distances = Evaluation.distances(job.distances());
    int total = Evaluation.comparisons(split, distances.size());
    int[] done = {0};
    try (Progress progress = console.progress("comparing", total, "comparisons")) {
      return Evaluation.of(
          fresh,
          real,
          split,
          distances,
          job.rows(),
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
    evaluation
        .memorisation()
        .ifPresent(
            memory -> {
              console.line("");
              console.line("Copies? " + memory.figures() + ".");
              console.line(
                  "Median distance to the nearest row learned from: %s of samples, %s of held-out rows."
                      .formatted(
                          Numbers.brief(memory.freshMedian()), Numbers.brief(memory.realMedian())));
              console.line(memory.reading());
            });
  }

  private Map<String, Object> document(Evaluation evaluation, Dataset fresh, Dataset real) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("samples", fresh.rows());
    settings.put("rows", real.rows());
    settings.put("shape", Arrays.stream(real.shape()).boxed().toList());
    settings.put("holdout", job.holdout());
    settings.put("most_rows", job.rows());
    settings.put("distances", job.distances());
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("samples", Hashes.sha256(job.samples()));
    inputs.put("against", job.against().sha256());
    String command =
        "langevin evaluate %s --against %s --seed %d"
            .formatted(job.samples().getFileName(), job.against().name(), job.seed());
    Map<String, Object> document = evaluation.toMap();
    document.put(
        "provenance",
        new Provenance(Version.current(), command, job.seed(), settings, inputs).toMap());
    return document;
  }
}
