package dev.langevin.cli;

import dev.langevin.app.EvaluateJob;
import dev.langevin.app.FitSettings;
import dev.langevin.app.Job;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
      "  langevin evaluate fresh.npy --against digits --distance mmd --distance coverage"
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
      defaultValue = "" + EvaluateJob.ROWS,
      description = "Compare at most so many samples and rows (default: ${DEFAULT-VALUE}).")
  int rows;

  @Option(
      names = "--distance",
      paramLabel = "NAME",
      completionCandidates = Distances.class,
      description = {
        "One of ${COMPLETION-CANDIDATES}; may be given several times",
        "(default: sliced and classifier)."
      })
  List<String> distances = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + EvaluateJob.SEED,
      description = "Equal seeds give equal figures (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path out;

  @Override
  public Job job() {
    return new EvaluateJob(
        samples, flags.source(against), holdout, rows, distances, seed, Optional.ofNullable(out));
  }

  /** What may be asked for. */
  static final class Distances implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EvaluateJob.names().iterator();
    }
  }
}
