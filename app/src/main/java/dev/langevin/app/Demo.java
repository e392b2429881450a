package dev.langevin.app;

import dev.langevin.distance.Distance;
import dev.langevin.io.AtomicFile;
import dev.langevin.io.Images;
import dev.langevin.io.InputError;
import dev.langevin.io.Json;
import dev.langevin.io.Provenance;
import dev.langevin.solver.CancelledGeneration;
import dev.langevin.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Does a {@link DemoJob}. */
final class Demo {
  /** How much work: what suits two cores and four minutes, or less for tests. */
  record Effort(FitSettings fit, int samples, int solverSteps, SampleSettings chains) {
    static Effort ordinary(long seed) {
      return new Effort(
          FitSettings.ofSteps(STEPS, seed), SAMPLES, SOLVER_STEPS, SampleSettings.defaults(seed));
    }
  }

  static final String REPORT = "report.html";

  private static final String ABOUT = "demo.json";
  private static final String TARGET = "eight-schools";
  private static final int STEPS = 4000;
  private static final int SAMPLES = 1000;
  private static final int SHOWN = 100;
  private static final int SOLVER_STEPS = 32;
  private static final int PATHS = 5;
  private static final int STOPS = 14;
  private static final Images.Grid PATH_GRID = new Images.Grid(STOPS, 6, 1);
  private static final Images.Grid DIGITS_GRID = new Images.Grid(10, 8, 2);

  private final DemoJob job;
  private final Effort effort;
  private final Path out;
  private final long start = System.nanoTime();

  Demo(DemoJob job, Effort effort) {
    this.job = job;
    this.effort = effort;
    out = job.out();
  }

  /** What the stages leave for the report. */
  record Results(
      DemoJob job,
      Effort effort,
      ModelConfig model,
      History history,
      Dataset data,
      Split split,
      Evaluation evaluation,
      double fitSeconds,
      double generateSeconds,
      double sampleSeconds,
      double seconds) {}

  Ending run(Console console) throws IOException {
    prepare();
    console.line("Langevin demo: both doors to fresh samples, seed %d.".formatted(job.seed()));
    Dataset data = DataSource.of(DataSource.DIGITS).read();
    Split split = Split.of(data.rows(), FitSettings.HOLDOUT);

    console.line("1/4 Learning the digits that ship (" + split.training().length + " of them) ...");
    double before = elapsed();
    Path model = out.resolve("model");
    if (fit(model, console) == Ending.STOPPED) {
      return stopped(console);
    }
    ModelFolder folder = new ModelFolder(model);
    ModelConfig config = folder.config();
    History history = folder.saved(config).history();
    double fitted = elapsed();
    console.line("    " + history.summary() + ", " + Numbers.seconds(fitted - before));

    console.line("2/4 Drawing %d fresh ones ...".formatted(effort.samples()));
    Optional<Dataset> fresh = generate(model, data, split, console);
    if (fresh.isEmpty()) {
      return stopped(console);
    }
    double generated = elapsed();
    console.line("    " + Numbers.seconds(generated - fitted));

    console.line("3/4 Comparing them with real ones ...");
    Evaluation evaluation = evaluate(fresh.get(), data, split, console);
    show(evaluation, console);
    if (console.cancelled()) {
      return stopped(console);
    }
    double evaluated = elapsed();

    console.line("4/4 Sampling eight schools, four chains ...");
    if (sample(console) == Ending.STOPPED) {
      return stopped(console);
    }
    double sampled = elapsed();
    Results results =
        new Results(
            job,
            effort,
            config,
            history,
            data,
            split,
            evaluation,
            fitted - before,
            generated - fitted,
            sampled - evaluated,
            sampled);
    DemoReport report = new DemoReport(results, out);
    console.line("    " + report.chainsInWords());
    AtomicFile.write(out.resolve(REPORT), report.html());
    sayWhere(console);
    return Ending.FINISHED;
  }

  private double elapsed() {
    return (System.nanoTime() - start) * 1e-9;
  }

  /** Makes the folder; a folder of an earlier demo is used again, any other that holds something is refused. */
  private void prepare() throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new InputError(out.toString(), "is a file", "choose a new name for --out");
    }
    if (!Files.isDirectory(out)) {
      RowsTarget.requireWritable(out);
      Files.createDirectory(out);
    } else if (!Files.exists(out.resolve(ABOUT))) {
      try (Stream<Path> files = Files.list(out)) {
        if (files.findAny().isPresent()) {
          throw new InputError(
              out.toString(),
              "exists and holds something else than a demo",
              "choose a new name for --out");
        }
      }
    }
    Files.deleteIfExists(out.resolve(REPORT)); // an old report would not speak of the new files
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("fit_steps", effort.fit().steps().orElse(0));
    settings.put("samples", effort.samples());
    settings.put("solver_steps", effort.solverSteps());
    String command = "langevin demo --seed " + job.seed();
    Json.write(
        out.resolve(ABOUT),
        new Provenance(Version.current(), command, job.seed(), settings, Map.of()).toMap());
  }

  private Ending fit(Path model, Console console) throws IOException {
    FitJob fit =
        new FitJob(DataSource.of(DataSource.DIGITS), effort.fit(), job.threads(), model, true);
    return fit.run(new QuietConsole(console));
  }

  private Optional<Dataset> generate(Path path, Dataset data, Split split, Console console) {
    try (ModelSource model = ModelSource.open(path.toString())) {
      Dataset fresh =
          new Generate(request(path, effort.samples(), "samples.npy")).draw(model, console);
      int shown = Math.min(SHOWN, fresh.rows());
      Generate asked = new Generate(request(path, shown, "digits.npy"));
      Provenance provenance = asked.provenance(model, shown);
      Dataset first = fresh.select(IntStream.range(0, shown).toArray());
      double low = model.scaling().low()[0];
      double high = model.scaling().high()[0];
      Images.writeGrid(out.resolve("digits.png"), first, low, high, DIGITS_GRID, provenance);
      RowsTarget.of(out.resolve("digits.npy"), data.shape())
          .write(first, model.scaling(), provenance);
      RowsTarget.of(out.resolve("samples.npy"), data.shape())
          .write(
              fresh,
              model.scaling(),
              new Generate(request(path, effort.samples(), "samples.npy"))
                  .provenance(model, fresh.rows()));
      Dataset real =
          data.select(Arrays.copyOf(split.heldOut(), Math.min(SHOWN, split.heldOut().length)));
      Images.writeGrid(out.resolve("real.png"), real, low, high, DIGITS_GRID, provenance);
      writePaths(model, asked, low, high, provenance);
      return Optional.of(fresh);
    } catch (CancelledGeneration stopped) {
      return Optional.empty();
    }
  }

  private GenerateJob request(Path model, int count, String file) {
    return new GenerateJob(
        model.toString(),
        count,
        SolverSettings.of(SolverSettings.SOLVER, OptionalInt.of(effort.solverSteps())),
        SHOWN,
        job.seed(),
        job.threads(),
        List.of(out.resolve(file)));
  }

  private void writePaths(
      ModelSource model, Generate asked, double low, double high, Provenance provenance) {
    double[] z =
        DenoisingPath.of(
            asked.recipe(), model.denoiser(), PATHS, STOPS, Generate.address(job.seed()));
    Dataset beliefs = Dataset.of("beliefs", model.shape(), model.scaling().toData(z));
    Images.writeGrid(out.resolve("denoising.png"), beliefs, low, high, PATH_GRID, provenance);
  }

  private Evaluation evaluate(Dataset fresh, Dataset data, Split split, Console console) {
    int[] done = {0};
    List<Distance> distances = Evaluation.distances(EvaluateJob.DISTANCES);
    int total = Evaluation.comparisons(split, distances.size());
    try (Progress progress = console.progress("comparing", total, "comparisons")) {
      Evaluation evaluation =
          Evaluation.of(
              fresh,
              data,
              split,
              distances,
              EvaluateJob.ROWS,
              Evaluate.address(job.seed()),
              () -> progress.advanceTo(++done[0]));
      Json.write(out.resolve("evaluation.json"), evaluation.toMap());
      return evaluation;
    }
  }

  private static void show(Evaluation evaluation, Console console) {
    new Table(Evaluation.headers(), evaluation.rows())
        .lines()
        .forEach(line -> console.line("    " + line));
    evaluation.memorisation().ifPresent(memory -> console.line("    " + memory.reading()));
  }

  private Ending sample(Console console) throws IOException {
    SampleJob sample =
        new SampleJob(
            TARGET, effort.chains(), job.threads(), Optional.of(out.resolve(TARGET)), true, true);
    return sample.run(new QuietConsole(console));
  }

  private Ending stopped(Console console) {
    console.line("Stopped; what was finished is in " + out + ". The demo starts anew next time.");
    return Ending.STOPPED;
  }

  private void sayWhere(Console console) {
    console.line("");
    console.line("Done in " + Numbers.seconds(elapsed()) + ". Look at");
    console.line("  " + out.resolve(REPORT) + "    everything on one page");
    console.line(
        "  " + out.resolve("digits.png") + "     100 fresh digits; digits.npy holds their numbers");
    console.line(
        "  "
            + out.resolve("model")
            + "          langevin generate "
            + out.resolve("model")
            + " --out more.png");
    console.line(
        "  "
            + out.resolve(TARGET)
            + "  draws for Stan, R and ArviZ; langevin diagnose "
            + out.resolve(TARGET));
  }
}
