package dev.langevin.app;

import dev.langevin.anneal.SequentialMonteCarlo;
import dev.langevin.anneal.SmcRun;
import dev.langevin.app.target.Catalogue;
import dev.langevin.density.Model;
import dev.langevin.io.Provenance;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import dev.langevin.table.Dataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The evidence of a density, log Z = log ∫p, by tempered sequential Monte Carlo in independent runs, with particles that are draws.
 *
 * @param target the density's name in the catalogue
 * @param particles of each run, at least 2
 * @param runs independent runs, at least 1
 * @param scale standard deviation of the law that the particles come from
 * @param threads how many threads work; the numbers do not depend on it
 * @param out a file for the particles of all runs, {@code .csv} or {@code .npy}
 * @param seed any number
 */
public record EvidenceJob(
    String target,
    int particles,
    int runs,
    OptionalDouble scale,
    int threads,
    Optional<Path> out,
    long seed)
    implements Job {
  public EvidenceJob {
    Check.between("particles", particles, 2, 10_000_000);
    Check.between("runs", runs, 1, 10_000);
    scale.ifPresent(value -> Check.positive("scale", value));
    Check.between("threads", threads, 1, 4096);
  }

  @Override
  public Ending run(Console console) {
    Model model = Catalogue.named(target).model().get();
    Optional<RowsTarget> place =
        out.map(path -> RowsTarget.of(path, new int[] {model.outputs().size()}));
    SequentialMonteCarlo usual = SequentialMonteCarlo.of(particles);
    SequentialMonteCarlo recipe =
        new SequentialMonteCarlo(
            particles,
            usual.move(),
            usual.moves(),
            scale.orElse(usual.scale()),
            usual.conditional(),
            usual.resampleBelow());
    console.line(
        "Evidence of %s (d = %d) by tempered sequential Monte Carlo: %d runs of %d particles, seed %d."
            .formatted(target, model.dimension(), runs, particles, seed));
    console.detail(recipe.toString());
    List<SmcRun> done = runs(recipe, model, console);
    if (done.isEmpty()) {
      console.warn("stopped before the first run: there is nothing to keep.");
      return Ending.STOPPED;
    }
    tell(done, console);
    place.ifPresent(to -> write(to, done, model, recipe, console));
    return done.size() < runs ? Ending.STOPPED : Ending.FINISHED;
  }

  private List<SmcRun> runs(SequentialMonteCarlo recipe, Model model, Console console) {
    List<SmcRun> done = new ArrayList<>();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try (Progress progress = console.progress("tempering", runs, "runs")) {
      for (int r = 0; r < runs && !console.cancelled(); r++) {
        done.add(recipe.run(model, Seed.of(seed).child("smc").child(r), workers));
        progress.advanceTo(r + 1L);
      }
    } finally {
      workers.shutdown();
    }
    return done;
  }

  private static void tell(List<SmcRun> done, Console console) {
    List<List<String>> rows = new ArrayList<>();
    double sum = 0;
    for (int r = 0; r < done.size(); r++) {
      SmcRun run = done.get(r);
      sum += run.logZ();
      double least =
          run.stages().stream().mapToDouble(SmcRun.Stage::effective).min().orElse(Double.NaN);
      rows.add(
          List.of(
              Integer.toString(r + 1),
              Numbers.fixed(run.logZ(), 3),
              Numbers.fixed(run.logZError(), 3),
              Integer.toString(run.stages().size()),
              Numbers.brief(least),
              Integer.toString(run.lineages()),
              Long.toString(run.evaluations())));
    }
    console.line("");
    console.table(
        new Table(
            List.of(
                "run", "log_z", "error", "temperatures", "least_ess", "lineages", "evaluations"),
            rows));
    console.line("");
    double mean = sum / done.size();
    if (done.size() == 1) {
      console.line("log Z = %.3f; run several for an error that can be trusted.".formatted(mean));
      return;
    }
    double square = done.stream().mapToDouble(SmcRun::logZ).map(z -> (z - mean) * (z - mean)).sum();
    console.line(
        "log Z = %.3f ± %.3f (mean and standard error of %d independent runs)."
            .formatted(mean, Math.sqrt(square / (done.size() - 1) / done.size()), done.size()));
  }

  private void write(
      RowsTarget place,
      List<SmcRun> done,
      Model model,
      SequentialMonteCarlo recipe,
      Console console) {
    int width = model.outputs().size();
    double[] values = new double[done.size() * particles * width];
    double[] row = new double[width];
    int at = 0;
    for (SmcRun run : done) {
      for (double[] point : run.points()) {
        model.report(point, row);
        System.arraycopy(row, 0, values, at, width);
        at += width;
      }
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("target", target);
    settings.put("runs", done.size());
    settings.put("recipe", recipe.toString());
    Provenance provenance = new Provenance(Version.current(), command(), seed, settings, Map.of());
    Dataset rows = new Dataset(target, new int[] {width}, model.outputs(), values, new int[0]);
    place.write(rows, 0, 1, provenance); // a table: there are no pictures to shade
    console.line("Particles written to " + place.path() + ".");
  }

  private String command() {
    StringBuilder command = new StringBuilder("langevin evidence " + target);
    command.append(" --particles ").append(particles).append(" --runs ").append(runs);
    scale.ifPresent(value -> command.append(" --scale ").append(value));
    return command.append(" --seed ").append(seed).toString();
  }
}
