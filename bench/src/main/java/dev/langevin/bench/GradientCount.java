package dev.langevin.bench;

import dev.langevin.adapt.MetricAdaptation;
import dev.langevin.chain.ChainListener;
import dev.langevin.chain.ChainSettings;
import dev.langevin.chain.Chains;
import dev.langevin.chain.Checkpoint;
import dev.langevin.chain.RunEnd;
import dev.langevin.chain.RunStore;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Statistic;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How many gradients a sampler needs until its running estimates of E x_i² are as good as those of 100 independent draws: many chains, and
 * for each, after every draw, b² = mean over i of (estimate - E x_i²)²/Var(x_i²), which is 1/n on average after n independent draws. The protocol is that of
 * the MAMS paper (arXiv 2503.01707): the median of b² over the chains, and the last time that it falls below 0.01.
 *
 * @param tuning gradients of a warm-up, mean over the chains
 * @param sampling gradients after warm-up from which on the median b² of the chains stays below 0.01; NaN if it never does
 * @param total the same with each chain's own warm-up counted
 * @param draws draws of each chain
 * @param divergences divergent draws per chain, mean
 */
record GradientCount(double tuning, double sampling, double total, int draws, double divergences) {
  private static final double GOAL = 0.01;
  private static final int FIRST_DRAWS = 400;

  /** Doubles the length of the chains until the goal is passed well before the end, or so many gradients a chain are spent. */
  static GradientCount of(
      Sampler sampler,
      int warmup,
      MetricAdaptation metric,
      SquaresTarget target,
      int chains,
      long most,
      Seed seed,
      Executor executor) {
    for (int draws = FIRST_DRAWS; ; draws *= 2) {
      ChainSettings settings =
          new ChainSettings(
              chains, warmup, draws, 1, Double.NaN, metric, seed.child(target.name()));
      Errors errors = new Errors(chains, draws, target, sampler);
      RunEnd end =
          Chains.run(sampler, target.model(), settings, executor, ChainListener.silent(), errors);
      GradientCount count = errors.count(end);
      double spent = end.evaluations() / (double) chains;
      if (count.total() < 0.8 * (spent + count.tuning()) || spent > most) {
        return count;
      }
    }
  }

  /** Keeps nothing of a draw but its b² and its gradients. */
  private static final class Errors implements RunStore {
    private final SquaresTarget target;
    private final int gradientsAt;
    private final int divergentAt;
    private final double[][] sums;
    private final float[][] error;
    private final int[][] gradients;
    private final int[] draws;
    private final int[] divergences;

    Errors(int chains, int draws, SquaresTarget target, Sampler sampler) {
      this.target = target;
      this.gradientsAt = sampler.statistics().indexOf(Statistic.LEAPFROGS);
      this.divergentAt = sampler.statistics().indexOf(Statistic.DIVERGENT);
      this.sums = new double[chains][target.mean().length];
      this.error = new float[chains][draws];
      this.gradients = new int[chains][draws];
      this.draws = new int[chains];
      this.divergences = new int[chains];
    }

    @Override
    public Optional<Checkpoint> resume(int chain) {
      return Optional.empty();
    }

    @Override
    public void draw(int chain, double[] values, double[] statistics) {
      int n = draws[chain]++;
      double[] sum = sums[chain];
      double total = 0;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i] * values[i];
        double gap = sum[i] / (n + 1) - target.mean()[i];
        total += gap * gap / target.variance()[i];
      }
      error[chain][n] = (float) (total / sum.length);
      int spent = gradientsAt < 0 ? 1 : (int) statistics[gradientsAt];
      gradients[chain][n] = spent + (n == 0 ? 0 : gradients[chain][n - 1]);
      divergences[chain] += divergentAt >= 0 && statistics[divergentAt] > 0 ? 1 : 0;
    }

    @Override
    public void point(int chain, double[] x) {}

    @Override
    public boolean due(int chain) {
      return false;
    }

    @Override
    public void checkpoint(int chain, Checkpoint checkpoint) {}

    GradientCount count(RunEnd end) {
      long[] tuning = end.adapted().stream().mapToLong(a -> a.gradients()).toArray();
      return new GradientCount(
          Arrays.stream(tuning).average().orElseThrow(),
          crossing(new long[tuning.length]),
          crossing(tuning),
          end.draws(),
          Arrays.stream(divergences).average().orElseThrow());
    }

    /** The least number of gradients from which on the median b² stays below the goal. */
    private double crossing(long[] offset) {
      long last = Long.MAX_VALUE;
      for (int c = 0; c < offset.length; c++) {
        last = Math.min(last, offset[c] + gradients[c][gradients[c].length - 1]);
      }
      double step = last / 5000.0;
      for (int k = 5000; k > 0; k--) {
        if (median(offset, k * step) > GOAL) {
          return k == 5000 ? Double.NaN : (k + 1) * step;
        }
      }
      return step;
    }

    private double median(long[] offset, double budget) {
      double[] b2 = new double[offset.length];
      for (int c = 0; c < b2.length; c++) {
        int found = Arrays.binarySearch(gradients[c], (int) (budget - offset[c]));
        int at = found >= 0 ? found : -found - 2;
        b2[c] = budget < offset[c] || at < 0 ? Double.POSITIVE_INFINITY : error[c][at];
      }
      Arrays.sort(b2);
      return 0.5 * (b2[(b2.length - 1) / 2] + b2[b2.length / 2]);
    }
  }
}
