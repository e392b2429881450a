package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.random.Seed;
import dev.langevin.solver.BrokenDenoiser;
import dev.langevin.solver.CancelledGeneration;
import dev.langevin.solver.Generation;
import dev.langevin.solver.NoiseSource;
import dev.langevin.solver.StepListener;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Backend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Does a {@link GenerateJob}. */
final class Generate {
  private static final int FEWEST_ROWS = 2;
  private static final int MOST_ROWS = 64;

  private final GenerateJob job;
  private Generation recipe;
  private ErrorAccount account = new ErrorAccount(List.of(), Map.of());

  Generate(GenerateJob job) {
    this.job = job;
    recipe = job.how().recipe();
  }

  /** Where the random numbers of the samples come from. */
  static Seed address(long seed) {
    return Seed.of(seed).child("generate");
  }

  Ending run(Console console) {
    Backend.threads(job.threads());
    try (ModelSource model = ModelSource.open(job.model())) {
      List<RowsTarget> targets =
          job.out().stream().map(path -> RowsTarget.of(path, model.shape())).toList();
      plan(model);
      console.line(
          "Generating %d from %s (%s), %s, %d steps, seed %d."
              .formatted(
                  job.count(),
                  model.name(),
                  model.about(),
                  job.how().solver(),
                  recipe.steps(),
                  job.seed()));
      try {
        write(draw(model, console), model, targets, console);
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
    recipe = job.how().recipe(model);
    int rows =
        Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, job.count() / 28)); // an eighth of the work
    account = ErrorAccount.of(model, recipe, rows);
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
    try (Progress progress = console.progress("generating", job.count(), "samples")) {
      StepListener listener =
          (done, total) -> {
            progress.advanceTo(done * job.count() / total);
            return !console.cancelled();
          };
      double[] z =
          model.twins().isPresent()
              ? onAllThreads(model.twins().get(), listener)
              : draw(model::denoiser, listener, 1, Runnable::run);
      return dataset(model, z);
    } catch (BrokenDenoiser broken) {
      throw new InputError(
          job.model(),
          String.valueOf(broken.getMessage()),
          "the model is not usable: fit it again with a smaller --learning-rate",
          broken);
    }
  }

  private double[] onAllThreads(Supplier<Denoiser> twins, StepListener listener) {
    ExecutorService workers = Executors.newFixedThreadPool(job.threads());
    try {
      return draw(twins, listener, job.threads(), workers);
    } finally {
      workers.shutdown();
    }
  }

  private double[] draw(
      Supplier<Denoiser> denoisers, StepListener listener, int threads, Executor workers) {
    NoiseSource noise = job.noise().of(job.seed());
    return recipe.sample(
        denoisers, 0, job.count(), job.together(), noise, listener, threads, workers);
  }

  private static Dataset dataset(ModelSource model, double[] z) {
    return new Dataset(model.name(), model.shape(), model.columns(), model.toData(z), new int[0]);
  }

  private Ending keep(
      CancelledGeneration stopped, ModelSource model, List<RowsTarget> targets, Console console) {
    if (stopped.rows() > 0) {
      write(dataset(model, stopped.values()), model, targets, console);
    }
    console.line(
        "Stopped: %d of %d samples were finished%s."
            .formatted(stopped.rows(), job.count(), stopped.rows() > 0 ? " and are kept" : ""));
    return Ending.STOPPED;
  }

  /** Writes samples, and says so. */
  void write(Dataset rows, ModelSource model, List<RowsTarget> targets, Console console) {
    Provenance provenance = provenance(model, rows.rows());
    for (RowsTarget target : targets) {
      target.write(rows, model.rowScaling(), provenance);
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
    settings.put("error", account.map());
    settings.put("batch", job.together());
    boolean torch = job.noise() == NoiseChoice.TORCH;
    if (torch) {
      settings.put("noise", "torch");
    }
    String command =
        "langevin generate %s -n %d %s --batch %d%s --seed %d"
            .formatted(
                model.name(),
                job.count(),
                job.how().flags(),
                job.together(),
                torch ? " --noise torch" : "",
                job.seed());
    return new Provenance(Version.current(), command, job.seed(), settings, model.inputs());
  }
}
