package dev.langevin.chain;

import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.Statistic;
import java.util.Arrays;
import java.util.List;

/** One chain's draws as they come in: a series for every quantity and statistic. */
final class Series {
  private final List<Statistic> statistics;
  private final double[][] values;
  private final double[][] statisticValues;
  private final double[] row;
  private int length;
  private long evaluations;
  private boolean diverged;

  Series(int quantities, List<Statistic> statistics, int draws) {
    this.statistics = statistics;
    this.values = new double[quantities][draws];
    this.statisticValues = new double[statistics.size()][draws];
    this.row = new double[quantities];
  }

  /** Notes an iteration, kept or not: evaluations add up, and a divergence is not forgotten, until the next draw is kept. */
  void pass(Outcome outcome) {
    evaluations += outcome.evaluations();
    diverged |= outcome.diverged();
  }

  /** Where the reported quantities of the next draw are to be written. */
  double[] row() {
    return row;
  }

  /** Keeps what is in {@link #row()} as a draw. */
  void keep(State state, Outcome outcome, double stepSize) {
    for (int q = 0; q < row.length; q++) {
      values[q][length] = row[q];
    }
    for (int s = 0; s < statisticValues.length; s++) {
      statisticValues[s][length] = value(statistics.get(s), state, outcome, stepSize);
    }
    length++;
    evaluations = 0;
    diverged = false;
  }

  private double value(Statistic statistic, State state, Outcome outcome, double stepSize) {
    return switch (statistic) {
      case LOG_DENSITY -> state.logDensity();
      case ACCEPTANCE -> outcome.acceptance();
      case STEP_SIZE -> stepSize;
      case LEAPFROGS -> evaluations;
      case DIVERGENT -> diverged ? 1 : 0;
      case ENERGY -> outcome.energy();
    };
  }

  int length() {
    return length;
  }

  /** The first {@code draws} of every quantity. */
  double[][] values(int draws) {
    return cut(values, draws);
  }

  /** The first {@code draws} of every statistic. */
  double[][] statistics(int draws) {
    return cut(statisticValues, draws);
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
