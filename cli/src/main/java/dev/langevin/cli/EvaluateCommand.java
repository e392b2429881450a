package dev.langevin.cli;

import dev.langevin.app.EvaluateJob;
import dev.langevin.app.FitSettings;
import dev.langevin.app.Job;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "evaluate",
    description = {
      "Compares samples with data: distances, each beside what real rows against other real rows"
          + " give, and whether samples are copies.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin evaluate fresh.npy --against digits",
      "  langevin evaluate fresh.npy --against digits --distance mmd --distance coverage",
      "  langevin evaluate fresh.npy --against train-images-idx3-ubyte.gz --pairs pairs.png --out fresh.json"
    })
final class EvaluateCommand implements Command {
  @Parameters(
      paramLabel = "SAMPLES",
      description = "npy, CSV or a folder of pictures, as 'langevin generate' writes them.")
  Path samples = Path.of("");

  @Option(
      names = "--against",
      paramLabel = "DATA",
      required = true,
      description = "The data: digits (ships), or a file or folder.")
  String against = "";

  @Mixin DataFlags flags = new DataFlags();

  @Option(
      names = "--holdout",
      paramLabel = "F",
      defaultValue = "" + FitSettings.HOLDOUT,
      description = "As given to 'langevin fit' (default: ${DEFAULT-VALUE}).")
  double holdout;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description =
          "Compare at most so many samples and rows (default: "
              + EvaluateJob.ROWS
              + ", images by a network "
              + EvaluateJob.IMAGES
              + ").")
  @Nullable Integer rows;

  @Option(
      names = "--features",
      paramLabel = "NET",
      defaultValue = EvaluateJob.FEATURES,
      description = {
        "What images are compared by: mnist, fashion (ship), a folder of 'langevin features', pixels,",
        "or auto: a network that ships and knows them, else pixels (default: ${DEFAULT-VALUE})."
      })
  String features = EvaluateJob.FEATURES;

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description = "Write a PNG of samples beside the nearest images learned from.")
  @Nullable Path pairs;

  @Option(
      names = "--distance",
      paramLabel = "NAME",
      completionCandidates = Distances.class,
      description = {
        "One of ${COMPLETION-CANDIDATES}; may be given several times",
        "(default: sliced and classifier; by a network frechet, frechet-limit, kid, precision, recall,",
        "density, coverage, classifier)."
      })
  List<String> distances = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + EvaluateJob.SEED,
      description = "Equal seeds give equal figures (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that work (default: one for each core). Figures do not depend on it.")
  @Nullable Integer threads;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path out;

  @Override
  public Job job() {
    return new EvaluateJob(
        samples,
        flags.source(against),
        holdout,
        rows == null ? OptionalInt.empty() : OptionalInt.of(rows),
        distances,
        seed,
        Optional.ofNullable(out),
        features,
        Optional.ofNullable(pairs),
        Threads.orAll(threads));
  }

  /** What may be asked for. */
  static final class Distances implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EvaluateJob.names().iterator();
    }
  }
}
