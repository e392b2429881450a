package dev.langevin.mcmc;

import dev.langevin.math.Check;
import java.util.Arrays;

/** The knobs of a tunable kernel: its step size, its metric, and a limit on the leapfrog steps of a trajectory. */
public final class Tuning {
  private double stepSize;
  private Metric metric;
  private int limit = Integer.MAX_VALUE;

  Tuning(double stepSize, Metric metric) {
    this.stepSize = stepSize;
    this.metric = metric;
  }

  /** The step size, in the recipe's own convention. */
  public double stepSize() {
    return stepSize;
  }

  /** Sets the step size, positive and finite. */
  public void stepSize(double stepSize) {
    this.stepSize = Check.positive("stepSize", stepSize);
  }

  /** The metric. */
  public Metric metric() {
    return metric;
  }

  /** Sets the metric, of the same dimension. */
  public void metric(Metric metric) {
    Check.between(
        "metric.dimension()", metric.dimension(), this.metric.dimension(), this.metric.dimension());
    this.metric = metric;
  }

  /** Most leapfrog steps of one trajectory, whatever the recipe says; no limit at first. */
  public int limit() {
    return limit;
  }

  /** Sets the limit, at least 1: keeps trajectories short while their length, in units of a metric not yet known, means nothing. */
  public void limit(int limit) {
    this.limit = Check.atLeast("limit", limit, 1);
  }

  /** Step size and metric as numbers, for {@link #restore}. */
  double[] numbers() {
    double[] ofMetric = metric.numbers();
    double[] numbers = new double[1 + ofMetric.length];
    numbers[0] = stepSize;
    System.arraycopy(ofMetric, 0, numbers, 1, ofMetric.length);
    return numbers;
  }

  /** Sets step size and metric to those that {@link #numbers} told of. */
  void restore(double[] numbers) {
    Check.atLeast("numbers.length", numbers.length, 1);
    stepSize(numbers[0]);
    metric(Metric.of(Arrays.copyOfRange(numbers, 1, numbers.length)));
  }
}
