package dev.langevin.app;

import dev.langevin.app.plot.Clouds;
import dev.langevin.distance.Comparison;
import dev.langevin.distance.Comparisons;
import dev.langevin.distance.SlicedWasserstein;
import dev.langevin.io.InputError;
import dev.langevin.solver.Generation;
import dev.langevin.solver.StepListener;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Every solver of fixed steps with the same number of denoiser evaluations, the nearest to exact draws first. */
final class SolverPanels {
  /** Evaluations, unless said otherwise. */
  static final int EVALUATIONS = 12;

  private static final int COLUMNS = 5;
  private static final SlicedWasserstein DISTANCE = new SlicedWasserstein(32);

  private final ShowJob job;
  private final ExactModel model;
  private final double[] real;

  private record Result(String name, double[] rows, Comparison distance) {
    Clouds.Panel panel() {
      return new Clouds.Panel(name + "  " + Numbers.fixed(distance.measured().value(), 3), rows);
    }
  }

  SolverPanels(ShowJob job) {
    this.job = job;
    model = ExactModel.named(job.model());
    if (model.law().dimension() != 2) {
      throw new InputError(job.model(), "has not two coordinates", "use ring, grid or imbalanced");
    }
    real = NoiseStrip.draws(model.law(), 2 * job.points(), job.address().child("real"));
  }

  BufferedImage picture(Console console) {
    int allowed = job.how().steps().orElse(EVALUATIONS);
    List<Result> results = new ArrayList<>();
    for (SolverMenu.Entry entry : SolverMenu.all()) {
      if (!entry.of(Map.of()).adaptive()) { // which cannot be told how often to ask
        results.add(run(entry, allowed));
      }
    }
    results.sort(Comparator.comparing(result -> result.distance().measured().value()));
    Comparison first = results.get(0).distance();
    console.table(
        new Table(
            List.of("solver", "sliced W2", "error"),
            results.stream()
                .map(
                    result ->
                        List.of(
                            result.name(),
                            Numbers.fixed(result.distance().measured().value(), 4),
                            Numbers.fixed(result.distance().measured().standardError(), 4)))
                .toList()));
    String floor =
        "%s ± %s"
            .formatted(
                Numbers.fixed(first.floor().value(), 3),
                Numbers.fixed(first.floor().standardError(), 3));
    console.line("Floor, exact draws against exact draws: " + floor);
    return Clouds.of(
        "Solvers at %d evaluations of the denoiser (%s)".formatted(allowed, job.model()),
        "Sliced W2 from exact draws, nearest first; exact draws from exact draws: " + floor + ".",
        results.stream().map(Result::panel).toList(),
        COLUMNS,
        model.mean(),
        1.2 * NoiseStrip.reach(model),
        List.of());
  }

  private Result run(SolverMenu.Entry entry, int allowed) {
    int steps = allowed;
    while (steps > 1 && recipe(entry, steps).evaluations() > allowed) {
      steps--;
    }
    double[] z =
        recipe(entry, steps)
            .sample(model.denoiser(), job.points(), job.points(), job.address(), StepListener.NONE);
    double[] rows = model.scaling().toData(z);
    Comparison distance =
        Comparisons.against(
            DISTANCE,
            rows,
            job.points(),
            real,
            2 * job.points(),
            2,
            job.address().child("distance"));
    return new Result(entry.name(), rows, distance);
  }

  private Generation recipe(SolverMenu.Entry entry, int steps) {
    SolverSettings how = job.how();
    return new SolverSettings(
            entry.name(),
            Map.of(),
            OptionalInt.of(steps),
            how.spacing(),
            how.sigmaMin(),
            how.sigmaMax())
        .recipe();
  }
}
