package dev.langevin.app;

import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.random.Seed;
import dev.langevin.solver.BrokenDenoiser;
import dev.langevin.solver.CancelledGeneration;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.solver.NoiseSource;
import dev.langevin.solver.StepListener;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Backend;
import dev.langevin.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Does a {@link GenerateJob}. */
final class Generate {
  private static final int FEWEST_ROWS = 2;
  private static final int MOST_ROWS = 64;

  private final GenerateJob job;
  private SolverSettings how;
  private Generation recipe;
  private @Nullable Steering steering;
  private ErrorAccount account = new ErrorAccount(List.of(), Map.of());

  Generate(GenerateJob job) {
    this.job = job;
    how = job.how();
    recipe = how.isScheduler() ? Generation.of(new Heun()) : how.recipe(); // until there is a model
  }

  /** Where the random numbers of the samples come from. */
  static Seed address(long seed) {
    return Seed.of(seed).child("generate");
  }

  Ending run(Console console) {
    Backend.threads(job.threads());
    try (ModelSource model =
        ModelSource.open(
            job.model(),
            how,
            job.noise().compatibility(),
            job.more().rounded() ? Precision.BF16 : Precision.FP32,
            console)) {
      List<RowsTarget> targets =
          job.out().stream().map(path -> RowsTarget.of(path, model.shape())).toList();
      plan(model);
      Steering steering = steering(model);
      Optional<Film> film =
          job.more().animation().map(path -> new Film(path, job.more().frames(), model, steering));
      Optional<LogDensities> likelihood = likelihood(model, steering);
      console.line(
          "Generating %d from %s (%s), %s, %d steps, seed %d."
              .formatted(
                  job.rows(),
                  model.name(),
                  model.about(),
                  how.isPlain() ? how.solver() : recipe.solver().name(),
                  recipe.steps(),
                  job.seed()));
      steering.line().ifPresent(console::line);
      try {
        Dataset rows = draw(model, console);
        write(rows, model, targets, console);
        film.ifPresent(path -> animate(path, rows, model, steering, console));
        if (likelihood.isPresent() && !weigh(likelihood.get(), rows, model, steering, console)) {
          return Ending.STOPPED;
        }
        console.line("What the error is made of:");
        account.lines().forEach(line -> console.line("  " + line));
        return Ending.FINISHED;
      } catch (CancelledGeneration stopped) {
        return keep(stopped, model, targets, console);
      }
    }
  }

  /** Chooses solver and grid, and asks what their error is made of. */
  void plan(ModelSource model) {
    how = job.how().on(model);
    Generation plain = how.recipe(model);
    steering = Steering.of(job, model, plain);
    recipe = steering.recipe();
    int rows =
        Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, job.count() / 28)); // an eighth of the work
    account =
        steering.isPlain()
            ? ErrorAccount.of(model, recipe, rows)
            : ErrorAccount.unknown("what is known is of the model's own samples, not of these");
  }

  private Steering steering(ModelSource model) {
    return steering == null ? Steering.of(job, model, recipe) : steering;
  }

  private Optional<LogDensities> likelihood(ModelSource model, Steering steering) {
    job.more().likelihood().ifPresent(RowsTarget::requireWritable);
    if (job.more().likelihood().isPresent() && steering.branches() > 1) {
      throw new InputError(
          "--likelihood",
          "a guided denoiser is the score of no law, so there is no density",
          "leave out --guidance, or --likelihood");
    }
    return job.more()
        .likelihood()
        .map(
            path ->
                LogDensities.of(
                    model,
                    recipe.sigmaMin(),
                    recipe.sigmaMax(),
                    job.more().probes(),
                    Seed.of(job.seed()).child("likelihood")));
  }

  private void animate(
      Film film, Dataset rows, ModelSource model, Steering steering, Console console) {
    NoiseSource noise = steering.noise(job.noise().of(job.seed()));
    film.write(rows, model, steering, noise, provenance(model, rows.rows()));
    console.line("Wrote " + film.path() + ": their way from noise");
  }

  /** Says how likely the samples are; false if the user stopped it, and nothing is written then. */
  private boolean weigh(
      LogDensities likelihood,
      Dataset rows,
      ModelSource model,
      Steering steering,
      Console console) {
    List<LogDensities.Row> found = new ArrayList<>();
    for (Steering.Stretch stretch : steering.stretches()) {
      int d = rows.width();
      double[] part =
          Arrays.copyOfRange(
              rows.values(), stretch.first() * d, (stretch.first() + stretch.rows()) * d);
      found.addAll(
          likelihood.of(
              part, stretch.first(), stretch.denoisers(), stretch.forks(), job.threads(), console));
    }
    if (found.size() < rows.rows()) {
      console.line("Stopped: there are no log densities; the samples are kept.");
      return false;
    }
    Path path = job.more().likelihood().orElseThrow();
    Provenance samples = provenance(model, rows.rows());
    Map<String, Object> settings = new LinkedHashMap<>(samples.settings());
    settings.put("likelihood", likelihood.map());
    likelihood.write(
        path,
        found,
        new Provenance(
            samples.version(),
            samples.command() + " --likelihood " + path.getFileName(),
            job.seed(),
            settings,
            samples.inputs()));
    likelihood.lines(found).forEach(console::line);
    console.line("Wrote " + path + ": log densities");
    return true;
  }

  /** The solver and its grid. */
  Generation recipe() {
    return recipe;
  }

  /**
   * Draws the samples, on the data's own scale.
   *
   * @throws CancelledGeneration if the user stops it
   */
  Dataset draw(ModelSource model, Console console) {
    Steering steering = steering(model);
    try (Progress progress = console.progress("generating", job.rows(), "samples")) {
      int d = model.denoiser().dimension();
      double[] z = new double[Math.multiplyExact(job.rows(), d)];
      for (Steering.Stretch stretch : steering.stretches()) {
        draw(stretch, steering, z, progress, console);
      }
      return dataset(model, steering, z);
    } catch (BrokenDenoiser broken) {
      throw new InputError(
          job.model(),
          String.valueOf(broken.getMessage()),
          "the model is not usable: fit it again with a smaller --learning-rate",
          broken);
    }
  }

  /** Writes a stretch's rows to their places in {@code z}. */
  private void draw(
      Steering.Stretch stretch, Steering steering, double[] z, Progress progress, Console console) {
    int d = z.length / job.rows();
    StepListener listener =
        (done, total) -> {
          progress.advanceTo(stretch.first() + done * stretch.rows() / total);
          return !console.cancelled();
        };
    try {
      double[] part = draw(stretch, steering, listener);
      System.arraycopy(part, 0, z, stretch.first() * d, part.length);
    } catch (CancelledGeneration stopped) {
      int rows = stretch.first() + stopped.rows();
      System.arraycopy(stopped.values(), 0, z, stretch.first() * d, stopped.rows() * d);
      throw new CancelledGeneration(rows, job.rows(), Arrays.copyOf(z, rows * d));
    }
  }

  private double[] draw(Steering.Stretch stretch, Steering steering, StepListener listener) {
    int threads = stretch.forks() ? job.threads() : 1;
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      return steering
          .recipe()
          .sample(
              stretch.denoisers(),
              stretch.first(),
              stretch.rows(),
              job.together(),
              steering.noise(job.noise().of(job.seed())),
              listener,
              threads,
              workers);
    } finally {
      workers.shutdown();
    }
  }

  private static Dataset dataset(ModelSource model, Steering steering, double[] z) {
    int rows = z.length / model.denoiser().dimension();
    return new Dataset(
        model.name(),
        model.shape(),
        model.columns(),
        steering.toData(z, model),
        steering.labels(rows));
  }

  private Ending keep(
      CancelledGeneration stopped, ModelSource model, List<RowsTarget> targets, Console console) {
    if (stopped.rows() > 0) {
      write(dataset(model, steering(model), stopped.values()), model, targets, console);
    }
    console.line(
        "Stopped: %d of %d samples were finished%s."
            .formatted(stopped.rows(), job.rows(), stopped.rows() > 0 ? " and are kept" : ""));
    return Ending.STOPPED;
  }

  /** Writes samples, and says so. */
  void write(Dataset rows, ModelSource model, List<RowsTarget> targets, Console console) {
    Provenance provenance = provenance(model, rows.rows());
    for (RowsTarget target : targets) {
      target.write(rows, model.rowScaling(), job.more().columns(), provenance);
      console.line("Wrote " + target.path() + ": " + rows.rows() + " " + target.content());
    }
  }

  /** Names the model by its folder's last name, so that the same run elsewhere writes the same bytes. */
  Provenance provenance(ModelSource model, int rows) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model", model.name());
    settings.put("about", model.about());
    settings.put("count", job.count());
    settings.put("finished", rows);
    settings.putAll(SolverSettings.toMap(recipe));
    Map<String, String> inputs = new LinkedHashMap<>(model.inputs());
    if (steering != null) {
      settings.putAll(steering.map());
      steering.known().ifPresent(known -> inputs.putAll(known.inputs()));
    }
    settings.put("error", account.map());
    settings.put("batch", job.together());
    if (job.more().rounded()) {
      settings.put("precision", "bf16");
    }
    boolean torch = job.noise() == NoiseChoice.TORCH;
    if (torch) {
      settings.put("noise", "torch");
    }
    String command =
        "langevin generate %s -n %d %s%s --batch %d%s --seed %d"
            .formatted(
                model.name(),
                job.count(),
                how.flags(recipe.steps()),
                job.more().flags(),
                job.together(),
                torch ? " --noise torch" : "",
                job.seed());
    return new Provenance(Version.current(), command, job.seed(), settings, inputs);
  }
}
