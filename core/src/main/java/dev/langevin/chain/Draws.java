package dev.langevin.chain;

import java.util.List;
import java.util.Set;

/**
 * What a run of several chains leaves: for each chain the reported quantities and the sampler's own statistics of every draw after
 * warm-up. Chains have equal lengths.
 *
 * @param names names of the reported quantities, in Stan's notation ({@code theta[1]})
 * @param values {@code [chain][quantity][draw]}; shared, not to be written to
 * @param statistics names of the sampler's statistics, in Stan's notation: {@code lp__}, {@code accept_stat__}, {@code stepsize__},
 *     {@code n_leapfrog__}, {@code divergent__}, {@code energy__}; a sampler leaves out those that it does not have
 * @param statisticValues {@code [chain][statistic][draw]}; shared, not to be written to
 */
public record Draws(
    List<String> names,
    double[][][] values,
    List<String> statistics,
    double[][][] statisticValues) {
  public Draws {
    names = List.copyOf(names);
    statistics = List.copyOf(statistics);
    if (Set.copyOf(names).size() != names.size()) {
      throw new IllegalArgumentException("names must not repeat, got " + names);
    }
    if (values.length == 0 || names.isEmpty() || statisticValues.length != values.length) {
      throw new IllegalArgumentException("values must have at least one chain and one quantity");
    }
    int length = values[0][0].length;
    requireShape("values", values, names.size(), length);
    requireShape("statisticValues", statisticValues, statistics.size(), length);
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

  /** Number of chains. */
  public int chains() {
    return values.length;
  }

  /** Number of draws of each chain. */
  public int draws() {
    return values[0][0].length;
  }

  /** The series of quantity {@code index}, {@code [chain][draw]}. */
  public double[][] series(int index) {
    return pick(values, index);
  }

  /** The series of the quantity of this name, {@code [chain][draw]}. */
  public double[][] series(String name) {
    return pick(values, indexOf(names, name));
  }

  /** Whether the sampler left this statistic. */
  public boolean has(String statistic) {
    return statistics.contains(statistic);
  }

  /** The series of the sampler's statistic of this name, {@code [chain][draw]}. */
  public double[][] statistic(String name) {
    return pick(statisticValues, indexOf(statistics, name));
  }

  private static int indexOf(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("name must be one of " + names + ", got " + name);
    }
    return index;
  }

  private static double[][] pick(double[][][] array, int index) {
    double[][] series = new double[array.length][];
    for (int c = 0; c < array.length; c++) {
      series[c] = array[c][index];
    }
    return series;
  }
}
