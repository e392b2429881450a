package dev.langevin.adapt;

import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.State;

/** Learns a metric from the states of a window. */
interface MetricEstimator {
  /** Sees a state. */
  void add(State state);

  /** The metric that the states since the last restart suggest. */
  Metric metric();

  /** Forgets everything. */
  void restart();

  /** M = I, whatever it sees. */
  record None(int dimension) implements MetricEstimator {
    @Override
    public void add(State state) {}

    @Override
    public Metric metric() {
      return Metric.identity(dimension);
    }

    @Override
    public void restart() {}
  }

  /** M⁻¹ = variances. */
  record Variances(RunningVariance variance) implements MetricEstimator {
    Variances(int dimension) {
      this(new RunningVariance(dimension));
    }

    @Override
    public void add(State state) {
      variance.add(state.position());
    }

    @Override
    public Metric metric() {
      return Metric.diagonal(variance.regularised());
    }

    @Override
    public void restart() {
      variance.restart();
    }
  }

  /** M⁻¹ = covariance. */
  record Covariances(RunningCovariance covariance) implements MetricEstimator {
    Covariances(int dimension) {
      this(new RunningCovariance(dimension));
    }

    @Override
    public void add(State state) {
      covariance.add(state.position());
    }

    @Override
    public Metric metric() {
      return Metric.dense(covariance.regularised());
    }

    @Override
    public void restart() {
      covariance.restart();
    }
  }
}
