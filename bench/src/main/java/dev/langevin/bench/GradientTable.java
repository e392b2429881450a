package dev.langevin.bench;

import dev.langevin.adapt.MetricAdaptation;
import dev.langevin.mcmc.Barker;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Mams;
import dev.langevin.mcmc.Mclmc;
import dev.langevin.mcmc.Nuts;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Splitting;
import dev.langevin.mcmc.Trajectory;
import dev.langevin.mcmc.Underdamped;
import dev.langevin.random.Seed;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Prints how many gradients each sampler needs for 100 effective draws, those of its warm-up included: the figure that decides where gradients are what
 * costs. See {@link GradientCount} for what is counted. Chains start uniform on (-2, 2), as all chains of this library; a row has the same settings on
 * every target. Deterministic: equal arguments, equal table.
 *
 * <p>Arguments: chains (128), seed (1), most gradients of a chain (60000), part of a row's name, part of a target's (all).
 */
public final class GradientTable {
  private GradientTable() {}

  /** One sampler with its settings. <b>A new one is one line.</b> */
  private record Row(String name, Sampler sampler, int warmup, MetricAdaptation metric) {}

  private static List<Row> rows() {
    Trajectory quarter = new Trajectory.Length(Math.PI / 2, 1000);
    Sampler minimal = new Mams(1, quarter, 0.5, Splitting.MINIMAL_NORM);
    Sampler narrow = new Hmc(1, quarter, 0.5);
    return List.of(
        new Row("MAMS, dense", Mams.defaults(), 80, MetricAdaptation.DENSE),
        new Row("MAMS of length 2, dense", Mams.ofLength(2), 80, MetricAdaptation.DENSE),
        new Row("MAMS, diagonal", Mams.defaults(), 80, MetricAdaptation.FISHER),
        new Row("MAMS minimal norm, dense", minimal, 80, MetricAdaptation.DENSE),
        new Row("NUTS, low rank", Nuts.defaults(), 200, MetricAdaptation.LOW_RANK),
        new Row("NUTS, Fisher diagonal", Nuts.defaults(), 100, MetricAdaptation.FISHER),
        new Row("HMC jitter ½, low rank", narrow, 200, MetricAdaptation.LOW_RANK),
        new Row("HMC jitter ½, Fisher diagonal", narrow, 100, MetricAdaptation.FISHER),
        new Row("HMC as it comes, variances", Hmc.defaults(), 1000, MetricAdaptation.DIAGONAL),
        new Row("MALA, Fisher diagonal", Mala.defaults(), 300, MetricAdaptation.FISHER),
        new Row("Barker, Fisher diagonal", Barker.defaults(), 300, MetricAdaptation.FISHER),
        new Row("MCLMC (biased), dense", Mclmc.defaults(), 500, MetricAdaptation.DENSE),
        new Row("MCLMC (biased), diagonal", Mclmc.defaults(), 300, MetricAdaptation.FISHER),
        new Row("Langevin (biased), Fisher", Underdamped.defaults(), 300, MetricAdaptation.FISHER));
  }

  private static List<SquaresTarget> targets() {
    return List.of(
        SquaresTarget.iid(100),
        SquaresTarget.illConditioned(100, 100),
        SquaresTarget.rotated(100, 100),
        SquaresTarget.rosenbrock(18),
        SquaresTarget.banana(),
        SquaresTarget.funnel(20),
        SquaresTarget.twoGaussians(50));
  }

  /** Prints the table. */
  public static void main(String[] args) {
    int chains = args.length > 0 ? Integer.parseInt(args[0]) : 128;
    Seed seed = Seed.of(args.length > 1 ? Long.parseLong(args[1]) : 1);
    long most = args.length > 2 ? Long.parseLong(args[2]) : 60_000;
    String row = args.length > 3 ? args[3] : "";
    String target = args.length > 4 ? args[4] : "";
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ExecutorService executor =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    out.println("| target | sampler | warm-up | tuning | sampling | total | divergences |");
    out.println("|---|---|---|---|---|---|---|");
    try {
      for (SquaresTarget t : targets()) {
        for (Row r : rows()) {
          if (r.name().contains(row) && t.name().contains(target)) {
            GradientCount count =
                GradientCount.of(
                    r.sampler(), r.warmup(), r.metric(), t, chains, most, seed, executor);
            out.println(line(t, r, count));
          }
        }
      }
    } finally {
      executor.shutdown();
    }
  }

  private static String line(SquaresTarget target, Row row, GradientCount count) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.0f | %.0f | %.0f | %.1f |",
        target.name(),
        row.name(),
        row.warmup(),
        count.tuning(),
        count.sampling(),
        count.total(),
        count.divergences());
  }
}
