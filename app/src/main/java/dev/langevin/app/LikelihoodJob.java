package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Backend;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How likely rows of data are under a model.
 *
 * @param model as for {@link GenerateJob}
 * @param data the rows
 * @param rows how many at most, at least 1; evenly spread over the data
 * @param ofClass a class of the model, whose density is then meant
 * @param probes random vectors for the trace; 0 for the exact one; empty for what suits the dimension
 * @param sigmaMin noise on the model, positive, in units in which the data have the standard deviation 0.5
 * @param seed any number
 * @param threads how many threads work; the numbers do not depend on it
 * @param out a CSV file for the rows' log densities
 */
public record LikelihoodJob(
    String model,
    DataSource data,
    int rows,
    Optional<String> ofClass,
    OptionalInt probes,
    double sigmaMin,
    long seed,
    int threads,
    Optional<Path> out)
    implements Job {
  /** Rows, unless said otherwise. */
  public static final int ROWS = 100;

  /** Noise on the model, unless said otherwise. */
  public static final double SIGMA_MIN = 0.002;

  private static final double SIGMA_MAX = 80;

  public LikelihoodJob {
    Check.atLeast("rows", rows, 1);
    probes.ifPresent(LogDensities::requireProbes);
    Check.inside("sigmaMin", sigmaMin, 0, SIGMA_MAX);
    Check.between("threads", threads, 1, 4096);
  }

  @Override
  public Ending run(Console console) {
    out.ifPresent(RowsTarget::requireWritable);
    Backend.threads(threads);
    try (ModelSource source = ModelSource.open(model)) {
      Dataset some = rows(source);
      LogDensities densities =
          LogDensities.of(source, sigmaMin, SIGMA_MAX, probes, Seed.of(seed).child("likelihood"));
      console.line(
          "Log density of %d rows of %s under %s (%s), seed %d."
              .formatted(some.rows(), data.name(), source.name(), source.about(), seed));
      Optional<ModelClasses> classes = ModelClasses.of(source, model);
      boolean forks = classes.map(ModelClasses::forks).orElse(source.twins().isPresent());
      List<LogDensities.Row> found =
          densities.of(some.values(), 0, denoisers(source, classes), forks, threads, console);
      if (found.isEmpty()) {
        console.line("Stopped before the first row.");
        return Ending.STOPPED;
      }
      densities.lines(found).forEach(console::line);
      out.ifPresent(
          path -> {
            densities.write(path, found, provenance(source, densities, found.size()));
            console.line("Wrote " + path + ": " + found.size() + " log densities");
          });
      return found.size() < some.rows() ? Ending.STOPPED : Ending.FINISHED;
    }
  }

  private Dataset rows(ModelSource source) {
    Dataset all = data.read();
    if (all.width() != source.denoiser().dimension()) {
      throw new InputError(
          data.name(),
          "has rows of %s, but those of the model are %s"
              .formatted(DataFacts.written(all.shape()), DataFacts.written(source.shape())),
          "give data as the model learned it, read with the same flags");
    }
    int count = Math.min(rows, all.rows());
    Dataset some =
        all.select(
            IntStream.range(0, count).map(i -> (int) ((long) i * all.rows() / count)).toArray());
    int d = some.width();
    for (int i = 0; i < some.values().length; i++) {
      if (!source.scaling().admits(i % d, some.values()[i])) {
        throw new InputError(
            data.name(),
            "the value %s of coordinate %d lies outside of the range that the model learned from"
                .formatted(Numbers.brief(some.values()[i]), i % d),
            "give numbers on the model's own scale");
      }
    }
    return some;
  }

  private Supplier<Denoiser> denoisers(ModelSource source, Optional<ModelClasses> classes) {
    if (ofClass.isPresent()) {
      ModelClasses known = classes.orElseThrow(() -> ModelClasses.none(source));
      int number = known.number(ofClass.get());
      return () -> known.given(number);
    }
    return classes
        .<Supplier<Denoiser>>map(known -> known::together)
        .orElse(source.twins().orElse(source::denoiser));
  }

  private Provenance provenance(ModelSource source, LogDensities densities, int finished) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model", source.name());
    settings.put("about", source.about());
    settings.put("rows", finished);
    settings.putAll(densities.map());
    ofClass.ifPresent(one -> settings.put("class", one));
    Map<String, String> inputs = new LinkedHashMap<>();
    source.inputs().forEach((name, sha) -> inputs.put("model_" + name, sha));
    inputs.put("rows", data.sha256());
    String command =
        "langevin likelihood %s %s --rows %d%s --probes %d --sigma-min %s --seed %d"
            .formatted(
                source.name(),
                Path.of(data.name()).getFileName(),
                rows,
                ofClass.map(one -> " --class " + one).orElse(""),
                densities.recipe().probes(),
                sigmaMin,
                seed);
    return new Provenance(Version.current(), command, seed, settings, inputs);
  }
}
