package dev.langevin.app;

import dev.langevin.chain.Adapted;
import dev.langevin.chain.ChainRun;
import dev.langevin.chain.Draws;
import dev.langevin.io.Provenance;
import dev.langevin.io.StanCsv;
import dev.langevin.mcmc.Sampler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run of chains on a target, with what asked for it and what it says. */
record Sampled(
    String target,
    SampleSettings settings,
    Sampler sampler,
    ChainRun run,
    DrawsReport report,
    Optional<ReferenceCheck> check) {

  /** Prints what was done, the table, the findings. */
  void show(Console console, double seconds, boolean all) {
    Draws draws = run.draws();
    console.line(
        "%d x %d draws in %s: %d gradients, step sizes %s."
            .formatted(
                draws.chains(),
                draws.draws(),
                Numbers.seconds(seconds),
                gradients(),
                String.join(
                    ", ",
                    run.adapted().stream()
                        .limit(8)
                        .map(a -> Numbers.brief(a.stepSize()))
                        .toList())));
    double rate = report.leastEffective() / seconds;
    if (!Double.isNaN(rate)) {
      console.line(
          "%s effective draws per second, %s per 1000 gradients, for the slowest quantity."
              .formatted(
                  Numbers.brief(rate),
                  Numbers.brief(1000 * report.leastEffective() / gradients())));
    }
    console.line("");
    report.show(console, all);
    check.ifPresent(found -> found.show(console));
  }

  /** Evaluations of the density and its gradient, those of warm-up included. */
  long gradients() {
    return run.end().evaluations() + run.adapted().stream().mapToLong(Adapted::gradients).sum();
  }

  /** How the run ended; says so if it was stopped. */
  Ending ending(Console console) {
    if (!run.interrupted()) {
      return Ending.FINISHED;
    }
    console.warn(
        "stopped after %d of %d draws of each chain; these are kept."
            .formatted(run.draws().draws(), settings.draws()));
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
        run.adapted().stream()
            .map(adapted -> new StanCsv.Adaptation(adapted.stepSize(), adapted.inverseMetric()))
            .toList();
    return new StanCsv.Run(target, sampler.name(), settings.warmup(), settings.thin(), adaptations);
  }
}
