package dev.langevin.app;

import dev.langevin.app.target.Reference;
import dev.langevin.chain.Adapted;
import dev.langevin.chain.Draws;
import dev.langevin.chain.RunEnd;
import dev.langevin.density.Model;
import dev.langevin.io.Provenance;
import dev.langevin.io.StanCsv;
import dev.langevin.mcmc.Sampler;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run of chains on a target, with what asked for it and what it says.
 *
 * @param draws all draws, readable while the run's place is open
 */
record Sampled(
    String target,
    SampleSettings settings,
    Sampler sampler,
    RunEnd end,
    Draws draws,
    DrawsReport report,
    Optional<SteinCheck> stein,
    Optional<ReferenceCheck> check) {

  /** Judges what a run has left. */
  static Sampled of(
      String target,
      SampleSettings settings,
      Sampler sampler,
      RunEnd end,
      RunPlace place,
      Optional<Reference> reference,
      Model model) {
    Draws draws = place.draws(end.draws());
    DrawsReport report = DrawsReport.of(draws);
    return new Sampled(
        target,
        settings,
        sampler,
        end,
        draws,
        report,
        SteinCheck.of(model, place.points(), settings.seed()),
        ReferenceCheck.of(reference, report.draws()));
  }

  /** Prints what was done, the table, the findings. */
  void show(Console console, double seconds, boolean all) {
    console.line(
        "%d x %d draws in %s: %d evaluations of the density%s."
            .formatted(
                draws.chains(), draws.draws(), Numbers.seconds(seconds), gradients(), stepSizes()));
    double rate = report.leastEffective() / seconds;
    if (!Double.isNaN(rate)) {
      console.line(
          "%s effective draws per second, %s per 1000 evaluations, for the slowest quantity."
              .formatted(
                  Numbers.brief(rate),
                  Numbers.brief(1000 * report.leastEffective() / gradients())));
    }
    figures().forEach((name, text) -> console.line(name + ": " + text + "."));
    console.line("");
    report.show(console, all);
    stein.ifPresent(found -> found.show(console));
    check.ifPresent(found -> found.show(console));
  }

  private String stepSizes() {
    List<String> sizes =
        end.adapted().stream()
            .map(Adapted::stepSize)
            .filter(size -> !Double.isNaN(size))
            .limit(8)
            .map(Numbers::brief)
            .toList();
    return sizes.isEmpty() ? "" : ", step sizes " + String.join(", ", sizes);
  }

  /** What the kernels found out beside the draws: the mean over the chains with its standard error. */
  Map<String, String> figures() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : end.figures().get(0).keySet()) {
      double[] values =
          end.figures().stream()
              .mapToDouble(figures -> figures.getOrDefault(name, Double.NaN))
              .filter(value -> !Double.isNaN(value))
              .toArray();
      double mean = Arrays.stream(values).average().orElse(Double.NaN);
      double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      int n = values.length;
      String error = n < 2 ? "" : " ± " + Numbers.brief(Math.sqrt(square / (n - 1) / n));
      texts.put(name, Numbers.brief(mean) + error);
    }
    return texts;
  }

  /** Evaluations of the density and its gradient, those of warm-up included. */
  long gradients() {
    return end.evaluations() + end.adapted().stream().mapToLong(Adapted::gradients).sum();
  }

  /** How the run ended; says so if it was stopped. */
  Ending ending(Console console, boolean resumable) {
    if (!end.interrupted()) {
      return Ending.FINISHED;
    }
    console.warn(
        "stopped after %d of %d draws of each chain; these are kept%s."
            .formatted(
                end.draws(),
                settings.draws(),
                resumable ? ", and the same command with --resume goes on" : ""));
    return Ending.STOPPED;
  }

  /** What goes into every file. It does not name the threads, on which nothing depends. */
  Provenance provenance() {
    return new Provenance(
        Version.current(),
        settings.command(target),
        settings.seed(),
        settings.toMap(target, sampler),
        Map.of());
  }

  /** What the heads of Stan CSV files say. */
  StanCsv.Run head() {
    List<StanCsv.Adaptation> adaptations =
        end.adapted().stream()
            .filter(adapted -> !Double.isNaN(adapted.stepSize()))
            .map(adapted -> new StanCsv.Adaptation(adapted.stepSize(), adapted.inverseMetric()))
            .toList();
    return new StanCsv.Run(target, sampler.name(), settings.warmup(), settings.thin(), adaptations);
  }
}
