package dev.langevin.app;

import dev.langevin.anneal.Cooling;
import dev.langevin.anneal.SimulatedAnnealing;
import dev.langevin.app.target.Catalogue;
import dev.langevin.density.Model;
import dev.langevin.io.Json;
import dev.langevin.math.Check;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the highest point of a density by simulated annealing, in runs from several starts.
 *
 * @param target the density's name in the catalogue
 * @param moves {@code mala} or {@code rwm}
 * @param coldest the last inverse temperature
 * @param levels inverse temperatures, geometric from 0.1
 * @param steps moves at each
 * @param runs independent runs, at least 1
 * @param out a JSON file for the best point and all traces
 * @param seed any number
 */
public record MinimiseJob(
    String target,
    String moves,
    double coldest,
    int levels,
    int steps,
    int runs,
    Optional<Path> out,
    long seed)
    implements Job {
  private static final double HOTTEST = 0.1;
  private static final int SHOWN = 10;

  public MinimiseJob {
    if (!moves.equals("mala") && !moves.equals("rwm")) {
      throw new IllegalArgumentException("moves must be one of mala, rwm, got " + moves);
    }
    Check.inside("coldest", coldest, HOTTEST, 1e12);
    Check.between("levels", levels, 2, 1_000_000);
    Check.between("steps", steps, 1, 100_000_000);
    Check.between("runs", runs, 1, 10_000);
  }

  @Override
  public Ending run(Console console) {
    out.ifPresent(RowsTarget::requireWritable);
    Model model = Catalogue.named(target).model().get();
    SimulatedAnnealing recipe =
        new SimulatedAnnealing(new Cooling.Geometric(HOTTEST, coldest, levels), steps);
    Sampler move = moves.equals("mala") ? Mala.defaults() : RandomWalkMetropolis.defaults();
    console.line(
        "Minimising -log p of %s (d = %d) by simulated annealing: %d runs of %d levels of %d moves by %s, seed %d."
            .formatted(target, model.dimension(), runs, levels, steps, moves, seed));
    List<SimulatedAnnealing.Minimum> found = new ArrayList<>();
    try (Progress progress = console.progress("annealing", runs, "runs")) {
      for (int r = 0; r < runs && !console.cancelled(); r++) {
        Seed address = Seed.of(seed).child("annealing").child(r);
        found.add(recipe.minimise(model, move, start(model, address), address));
        progress.advanceTo(r + 1L);
      }
    }
    if (found.isEmpty()) {
      console.warn("stopped before the first run: there is nothing to keep.");
      return Ending.STOPPED;
    }
    tell(found, model, console);
    out.ifPresent(file -> Json.write(file, toMap(found, model)));
    return found.size() < runs ? Ending.STOPPED : Ending.FINISHED;
  }

  /** Uniform on (-2, 2) in every unconstrained coordinate, as chains start. */
  private static double[] start(Model model, Seed address) {
    AddressedRandom random = address.child("start").random();
    double[] x = new double[model.dimension()];
    for (int i = 0; i < x.length; i++) {
      x[i] = 4 * random.nextDouble() - 2;
    }
    return x;
  }

  private static void tell(List<SimulatedAnnealing.Minimum> found, Model model, Console console) {
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < found.size(); r++) {
      SimulatedAnnealing.Minimum one = found.get(r);
      SimulatedAnnealing.Level last = one.trace().get(one.trace().size() - 1);
      rows.add(
          List.of(
              Integer.toString(r + 1),
              Numbers.brief(one.value()),
              Numbers.brief(last.mean()),
              Numbers.brief(last.acceptance()),
              Long.toString(one.evaluations())));
    }
    console.line("");
    console.table(
        new Table(List.of("run", "lowest", "mean_at_last", "acceptance", "evaluations"), rows));
    SimulatedAnnealing.Minimum best = best(found);
    double[] report = new double[model.outputs().size()];
    model.report(best.point(), report);
    console.line("");
    console.line(
        "The lowest -log p (unconstrained) is %s, at".formatted(Numbers.brief(best.value())));
    for (int i = 0; i < Math.min(SHOWN, report.length); i++) {
      console.line("  %s = %s".formatted(model.outputs().get(i), Numbers.brief(report[i])));
    }
    if (report.length > SHOWN) {
      console.line("  and %d more; --out has them all.".formatted(report.length - SHOWN));
    }
  }

  private static SimulatedAnnealing.Minimum best(List<SimulatedAnnealing.Minimum> found) {
    return found.stream()
        .min(Comparator.comparingDouble(SimulatedAnnealing.Minimum::value))
        .orElseThrow();
  }

  private Map<String, Object> toMap(List<SimulatedAnnealing.Minimum> found, Model model) {
    SimulatedAnnealing.Minimum best = best(found);
    double[] report = new double[model.outputs().size()];
    model.report(best.point(), report);
    Map<String, Object> at = new LinkedHashMap<>();
    for (int i = 0; i < report.length; i++) {
      at.put(model.outputs().get(i), report[i]);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("command", command());
    map.put("version", Version.current());
    map.put("lowest", best.value());
    map.put("at", at);
    map.put("traces", found.stream().map(SimulatedAnnealing.Minimum::trace).toList());
    return map;
  }

  private String command() {
    return "langevin minimise %s --moves %s --coldest %s --levels %d --steps %d --runs %d --seed %d"
        .formatted(target, moves, coldest, levels, steps, runs, seed);
  }
}
