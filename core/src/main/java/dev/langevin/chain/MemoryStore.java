package dev.langevin.chain;

import dev.langevin.mcmc.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Keeps all draws in memory, for runs that fit there; forgets them with the process. */
final class MemoryStore implements RunStore {
  private final List<Series> chains = new ArrayList<>();

  MemoryStore(int chains, int quantities, int statistics, int draws) {
    for (int c = 0; c < chains; c++) {
      this.chains.add(new Series(new double[quantities][draws], new double[statistics][draws]));
    }
  }

  /** One chain's draws: a series for every quantity and statistic. */
  private static final class Series {
    private final double[][] values;
    private final double[][] statistics;
    private final List<double[]> points = new ArrayList<>();
    private int length;

    Series(double[][] values, double[][] statistics) {
      this.values = values;
      this.statistics = statistics;
    }
  }

  @Override
  public Optional<Checkpoint> resume(int chain) {
    return Optional.empty();
  }

  @Override
  public void draw(int chain, double[] values, double[] statistics) {
    Series series = chains.get(chain);
    for (int q = 0; q < values.length; q++) {
      series.values[q][series.length] = values[q];
    }
    for (int s = 0; s < statistics.length; s++) {
      series.statistics[s][series.length] = statistics[s];
    }
    series.length++;
  }

  @Override
  public void point(int chain, double[] x) {
    chains.get(chain).points.add(x.clone());
  }

  @Override
  public boolean due(int chain) {
    return false;
  }

  @Override
  public void checkpoint(int chain, Checkpoint checkpoint) {}

  /** The first {@code draws} draws of every chain. */
  Draws draws(List<String> names, List<Statistic> statistics, int draws) {
    return new Draws(
        names,
        chains.stream().map(series -> cut(series.values, draws)).toArray(double[][][]::new),
        statistics.stream().map(Statistic::stanName).toList(),
        chains.stream().map(series -> cut(series.statistics, draws)).toArray(double[][][]::new));
  }

  /** {@code [chain][point][coordinate]}; as many of each chain. */
  double[][][] points() {
    int fewest = chains.stream().mapToInt(series -> series.points.size()).min().orElse(0);
    return chains.stream()
        .map(series -> series.points.subList(0, fewest).toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  private static double[][] cut(double[][] series, int draws) {
    double[][] shorter = series.clone();
    for (int i = 0; i < shorter.length; i++) {
      if (shorter[i].length != draws) {
        shorter[i] = Arrays.copyOf(shorter[i], draws);
      }
    }
    return shorter;
  }
}
