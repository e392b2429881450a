package dev.langevin.mcmc;

import dev.langevin.math.Check;

/** The two knobs of a tunable kernel: its step size and its metric. */
public final class Tuning {
  private double stepSize;
  private Metric metric;

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
}
