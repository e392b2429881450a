package dev.langevin.app;

import dev.langevin.chain.ChainSettings;
import dev.langevin.chain.Draws;
import dev.langevin.chain.RunStore;
import dev.langevin.density.Model;
import dev.langevin.io.InputError;
import dev.langevin.io.RunFolder;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Statistic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the draws of a run are while it is under way: beside the folder that it is to become, {@code out.unfinished}, or in a temporary folder if it is to become
 * none. A run that ends takes the folder away; one that is stopped leaves it to be resumed.
 */
final class RunPlace implements AutoCloseable {
  private static final String SUFFIX = ".unfinished";
  private static final double SECONDS_BETWEEN_CHECKPOINTS = 5;

  private final RunFolder folder;
  private final Optional<Path> temporary;
  private final List<String> names;
  private final List<String> statistics;
  private boolean finished;

  private RunPlace(
      RunFolder folder, Optional<Path> temporary, List<String> names, List<String> statistics) {
    this.folder = folder;
    this.temporary = temporary;
    this.names = names;
    this.statistics = statistics;
  }

  /**
   * The place for this run, new or taken up.
   *
   * @throws InputError if another run is there, or this one and it is not to be resumed
   */
  static RunPlace of(
      SampleJob job, SampleSettings settings, Sampler sampler, Model model, Console console) {
    List<String> statistics = sampler.statistics().stream().map(Statistic::stanName).toList();
    RunFolder.Shape shape =
        new RunFolder.Shape(
            settings.chains(), model.outputs().size() + statistics.size(), model.dimension());
    Optional<Path> temporary = job.out().isEmpty() ? Optional.of(temporary()) : Optional.empty();
    Path place = temporary.orElseGet(() -> beside(job.out().orElseThrow()));
    boolean there = RunFolder.isIn(place);
    if (there && !job.resume()) {
      throw new InputError(
          place.toString(),
          "holds a run that was stopped",
          "add --resume to go on with it, or delete that folder");
    }
    RunFolder folder =
        RunFolder.at(
            place,
            shape,
            facts(job.target(), settings, sampler, model),
            settings.forChains().pointEvery(),
            temporary.isPresent() ? Double.POSITIVE_INFINITY : SECONDS_BETWEEN_CHECKPOINTS);
    if (job.resume()) {
      console.line(
          there
              ? "Resuming with %d of %d draws."
                  .formatted(folder.restored(), (long) settings.chains() * settings.draws())
              : "There is no stopped run to resume; beginning.");
    }
    return new RunPlace(folder, temporary, model.outputs(), statistics);
  }

  private static Map<String, Object> facts(
      String target, SampleSettings settings, Sampler sampler, Model model) {
    Map<String, Object> facts = settings.toMap(target, sampler);
    facts.put("model", model.name()); // tells a learned one that was learned anew
    facts.put("version", Version.current());
    return facts;
  }

  private static Path beside(Path out) {
    Path absolute = out.toAbsolutePath().normalize();
    return absolute.resolveSibling(absolute.getFileName() + SUFFIX);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("langevin-run-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunStore store() {
    return folder;
  }

  /** Iterations that an earlier process has done, as far as its checkpoints tell. */
  long iterationsBefore(ChainSettings chains) {
    return folder.restored() == 0
        ? 0
        : (long) chains.chains() * chains.warmup() + folder.restored() * chains.thin();
  }

  Draws draws(int draws) {
    return folder.draws(names, statistics, draws);
  }

  double[][][] points() {
    return folder.points();
  }

  /** Everything has been taken out. */
  void finished() {
    finished = true;
  }

  /** Whether a stopped run can go on from here. */
  boolean resumable() {
    return temporary.isEmpty();
  }

  @Override
  public void close() {
    if (finished || temporary.isPresent() || folder.isEmpty()) {
      folder.delete();
    } else {
      folder.close();
    }
  }
}
