package dev.langevin.bench;

import dev.langevin.adapt.MetricAdaptation;
import dev.langevin.app.target.Catalogue;
import dev.langevin.app.target.Reference.Quantity;
import dev.langevin.app.target.Target;
import dev.langevin.chain.Adapted;
import dev.langevin.chain.ChainListener;
import dev.langevin.chain.ChainRun;
import dev.langevin.chain.ChainSettings;
import dev.langevin.chain.Chains;
import dev.langevin.diagnostics.EffectiveSampleSize;
import dev.langevin.diagnostics.MonteCarloError;
import dev.langevin.diagnostics.RHat;
import dev.langevin.mcmc.Nuts;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * NUTS with each way of learning the metric on the targets that ship: effective draws of the slowest quantity per second and per 1000 gradients, warm-up included, and
 * the largest |z| against the reference. Arguments: seed (1), warm-up (1000), draws (1000), targets (all), each by default as in brackets.
 *
 * <pre>
 *   java -cp 'bench/target/classes:bench/target/dependency/*' dev.langevin.bench.PosteriorTable
 * </pre>
 */
public final class PosteriorTable {
  private static final int CHAINS = 4;
  private static final List<MetricAdaptation> METRICS =
      List.of(
          MetricAdaptation.DIAGONAL,
          MetricAdaptation.DENSE,
          MetricAdaptation.FISHER,
          MetricAdaptation.LOW_RANK);

  private PosteriorTable() {}

  /** Prints the table. */
  public static void main(String[] args) {
    long seed = args.length > 0 ? Long.parseLong(args[0]) : 1;
    int warmup = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
    int draws = args.length > 2 ? Integer.parseInt(args[2]) : 1000;
    List<String> names =
        args.length > 3
            ? List.of(args[3].split(","))
            : Catalogue.all().stream().map(Target::name).toList();
    ExecutorService workers = Executors.newFixedThreadPool(2);
    System.out.println(
        "| target | metric | ESS/s | ESS per 1000 gradients | the same without warm-up | largest abs. z | R-hat | divergences |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (String name : names) {
      for (MetricAdaptation metric : METRICS) {
        ChainSettings settings =
            new ChainSettings(CHAINS, warmup, draws, 1, Double.NaN, metric, Seed.of(seed));
        System.out.println(row(Catalogue.named(name), settings, workers));
      }
    }
    workers.shutdown();
  }

  private static String row(Target target, ChainSettings settings, ExecutorService workers) {
    long start = System.nanoTime();
    ChainRun run =
        Chains.run(
            Nuts.defaults(), target.model().get(), settings, workers, ChainListener.silent());
    double seconds = 1e-9 * (System.nanoTime() - start);
    double least = Double.POSITIVE_INFINITY;
    double rhat = 0;
    double z = 0;
    for (String name : run.draws().names()) {
      double[][] x = run.draws().series(name);
      least = Math.min(least, EffectiveSampleSize.bulk(x));
      rhat = Math.max(rhat, RHat.rank(x));
      z = Math.max(z, largestZ(target, name, x));
    }
    long warm = run.adapted().stream().mapToLong(Adapted::gradients).sum();
    long own = run.end().evaluations();
    double divergences =
        Arrays.stream(run.draws().statistic("divergent__")).flatMapToDouble(Arrays::stream).sum();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f | %.3g | %.3g | %.1f | %.3f | %.0f |",
        target.name(),
        settings.metric().flag(),
        least / seconds,
        1000 * least / (warm + own),
        1000 * least / own,
        z,
        rhat,
        divergences);
  }

  private static double largestZ(Target target, String name, double[][] x) {
    return target
        .reference()
        .flatMap(reference -> reference.quantity(name))
        .map(known -> Math.max(mean(known, x), square(known, x)))
        .orElse(0.0);
  }

  private static double mean(Quantity known, double[][] x) {
    return z(x, known.mean(), known.mcseMean());
  }

  private static double square(Quantity known, double[][] x) {
    double[][] squares =
        Arrays.stream(x)
            .map(chain -> Arrays.stream(chain).map(value -> value * value).toArray())
            .toArray(double[][]::new);
    return z(squares, known.meanSquare(), known.mcseMeanSquare());
  }

  private static double z(double[][] x, double known, double error) {
    double here = Arrays.stream(x).flatMapToDouble(Arrays::stream).average().orElse(Double.NaN);
    double z = Math.abs(here - known) / Math.hypot(MonteCarloError.mean(x), error);
    return Double.isFinite(z) ? z : 0;
  }
}
