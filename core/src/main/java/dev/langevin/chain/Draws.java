package dev.langevin.chain;

import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a run of several chains leaves: for each chain the reported quantities and the sampler's own statistics of every draw after
 * warm-up. Chains have equal lengths. The numbers may be in memory or wherever a {@link Source} finds them; whoever reads one series at a time
 * needs memory for one.
 *
 * <p>Statistics bear Stan's names: {@code lp__}, {@code accept_stat__}, {@code stepsize__}, {@code n_leapfrog__}, {@code treedepth__}, {@code
 * divergent__}, {@code energy__}; a sampler leaves out those that it does not have.
 */
public final class Draws {
  private static final int BLOCK = 4096;

  private final List<String> names;
  private final List<String> statistics;
  private final int chains;
  private final int draws;
  private final Source source;

  /** Where the numbers are. May be asked by several threads at once. */
  public interface Source {
    /**
     * Writes the draws {@code from … from + count - 1} of one column to the beginning of {@code out}.
     *
     * @param column the quantities in order, then the statistics
     */
    void read(int chain, int column, int from, int count, double[] out);

    /** The first {@code draws} draws of one column; not to be written to. */
    default double[] series(int chain, int column, int draws) {
      double[] series = new double[draws];
      read(chain, column, 0, draws, series);
      return series;
    }
  }

  /**
   * Draws that a source holds.
   *
   * @param names names of the quantities, in Stan's notation ({@code theta[1]}), at least one, none twice
   * @param statistics names of the sampler's statistics
   * @param chains number of chains, at least 1
   * @param draws draws of each
   */
  public Draws(List<String> names, List<String> statistics, int chains, int draws, Source source) {
    this.names = List.copyOf(names);
    this.statistics = List.copyOf(statistics);
    if (Set.copyOf(names).size() != names.size()) {
      throw new IllegalArgumentException("names must not repeat, got " + names);
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("values must have at least one chain and one quantity");
    }
    this.chains = Check.atLeast("chains", chains, 1);
    this.draws = Check.atLeast("draws", draws, 0);
    this.source = source;
  }

  /**
   * Draws in memory.
   *
   * @param values {@code [chain][quantity][draw]}; shared, not to be written to
   * @param statisticValues {@code [chain][statistic][draw]}; shared, not to be written to
   */
  public Draws(
      List<String> names,
      double[][][] values,
      List<String> statistics,
      double[][][] statisticValues) {
    this(
        names,
        statistics,
        requireChains(values, names, statisticValues),
        values[0][0].length,
        new InMemory(values, statisticValues));
    requireShape("values", values, names.size(), draws);
    requireShape("statisticValues", statisticValues, statistics.size(), draws);
  }

  private static int requireChains(
      double[][][] values, List<String> names, double[][][] statisticValues) {
    if (values.length == 0 || names.isEmpty() || statisticValues.length != values.length) {
      throw new IllegalArgumentException("values must have at least one chain and one quantity");
    }
    return values.length;
  }

  private static void requireShape(String what, double[][][] array, int series, int length) {
    for (int c = 0; c < array.length; c++) {
      boolean right = array[c].length == series;
      for (double[] one : array[c]) {
        right &= one.length == length;
      }
      if (!right) {
        throw new IllegalArgumentException(
            what + "[" + c + "] must be " + series + " series of " + length + " draws");
      }
    }
  }

  /** Names of the reported quantities, in Stan's notation ({@code theta[1]}). */
  public List<String> names() {
    return names;
  }

  /** Names of the sampler's statistics, in Stan's notation. */
  public List<String> statistics() {
    return statistics;
  }

  /** Number of chains. */
  public int chains() {
    return chains;
  }

  /** Number of draws of each chain. */
  public int draws() {
    return draws;
  }

  /** The series of quantity {@code index}, {@code [chain][draw]}; not to be written to. */
  public double[][] series(int index) {
    return column(index);
  }

  /** The series of the quantity of this name, {@code [chain][draw]}; not to be written to. */
  public double[][] series(String name) {
    return column(indexOf(names, name));
  }

  /** Whether the sampler left this statistic. */
  public boolean has(String statistic) {
    return statistics.contains(statistic);
  }

  /** The series of the sampler's statistic of this name, {@code [chain][draw]}; not to be written to. */
  public double[][] statistic(String name) {
    return column(names.size() + indexOf(statistics, name));
  }

  private double[][] column(int column) {
    double[][] series = new double[chains][];
    for (int c = 0; c < chains; c++) {
      series[c] = source.series(c, column, draws);
    }
    return series;
  }

  private static int indexOf(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("name must be one of " + names + ", got " + name);
    }
    return index;
  }

  /**
   * Writes the draws {@code from … from + count - 1} of one column to the beginning of {@code out}.
   *
   * @param column the quantities in order, then the statistics
   */
  public void read(int chain, int column, int from, int count, double[] out) {
    Check.between("from", from, 0, draws);
    Check.between("count", count, 0, draws - from);
    source.read(chain, column, from, count, out);
  }

  /** All quantities in memory, {@code [chain][quantity][draw]}; for runs that fit there. Not to be written to. */
  public double[][][] values() {
    return columns(0, names.size());
  }

  /** All statistics in memory, {@code [chain][statistic][draw]}; for runs that fit there. Not to be written to. */
  public double[][][] statisticValues() {
    return columns(names.size(), statistics.size());
  }

  private double[][][] columns(int first, int count) {
    double[][][] all = new double[chains][count][];
    for (int c = 0; c < chains; c++) {
      for (int k = 0; k < count; k++) {
        all[c][k] = source.series(c, first + k, draws);
      }
    }
    return all;
  }

  /**
   * Every {@code step}-th draw, beginning with the first.
   *
   * @param step at least 1
   */
  public Draws every(int step) {
    Check.atLeast("step", step, 1);
    return step == 1
        ? this
        : new Draws(
            names, statistics, chains, (draws + step - 1) / step, new Every(source, step, draws));
  }

  @Override
  public String toString() {
    return chains + " chains of " + draws + " draws of " + names.size() + " quantities";
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  private record InMemory(double[][][] values, double[][][] statistics) implements Source {
    private double[] column(int chain, int column) {
      int quantities = values[chain].length;
      return column < quantities ? values[chain][column] : statistics[chain][column - quantities];
    }

    @Override
    public double[] series(int chain, int column, int draws) {
      double[] series = column(chain, column);
      return series.length == draws ? series : Arrays.copyOf(series, draws);
    }

    @Override
    public void read(int chain, int column, int from, int count, double[] out) {
      System.arraycopy(column(chain, column), from, out, 0, count);
    }
  }

  private record Every(Source source, int step, int draws) implements Source {
    @Override
    public void read(int chain, int column, int from, int count, double[] out) {
      double[] block = new double[BLOCK];
      int first = -1; // where the block begins
      for (int i = 0; i < count; i++) {
        int at = (from + i) * step;
        if (first < 0 || at >= first + BLOCK) {
          first = at;
          source.read(chain, column, first, Math.min(BLOCK, draws - first), block);
        }
        out[i] = block[at - first];
      }
    }
  }
}
