package dev.langevin.adapt;

import dev.langevin.math.Check;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import java.util.random.RandomGenerator;

/**
 * Stan's warm-up of one kernel: a first step size, dual averaging, and in {@link Windows} the variances (or the
 * covariance) of the draws as metric, with a
 * fresh step-size search after each renewal. Until the first renewal trajectories have at most 10 steps.
 */
final class WindowedWarmup implements Warmup {
  /**
   * Leapfrog steps of a trajectory while the metric is not known. Long trajectories of tiny steps cost without end (low-dim-gauss-mix: 131
   * thousand gradients for four chains, against 14 thousand with 10), and carry the fall from a bad start far past the mode; short
   * ones come down like gradient flow. Tried 1, 4, 10, 32 on eight schools, ark and low-dim-gauss-mix: 10 needs fewest gradients.
   */
  private static final int UNKNOWN_METRIC_LIMIT = 10;

  private final TunableKernel kernel;
  private final Windows windows;
  private final double target;
  private final MetricAdaptation metric;
  private MetricEstimator estimator;
  private final boolean learnsMetric;
  private final DualAveraging averaging;
  private int iteration;
  private long evaluations;

  /**
   * A warm-up that has not begun.
   *
   * @param iterations steps that it may learn from, at least 0
   * @param targetAcceptance wanted mean acceptance, strictly between 0 and 1
   * @param metric what becomes of the draws in the windows
   */
  WindowedWarmup(
      TunableKernel kernel, int iterations, double targetAcceptance, MetricAdaptation metric) {
    this.kernel = kernel;
    this.windows = Windows.of(iterations);
    this.target = Check.inside("targetAcceptance", targetAcceptance, 0, 1);
    this.metric = metric;
    this.estimator = metric.estimator(kernel.dimension(), true);
    this.learnsMetric = metric != MetricAdaptation.UNIT;
    this.averaging = new DualAveraging(target, kernel.tuning().stepSize());
  }

  @Override
  public void begin(State state, RandomGenerator random) {
    if (!finished()) {
      estimator = metric.estimator(kernel.dimension(), state.gradient().length > 0);
      kernel.tuning().limit(UNKNOWN_METRIC_LIMIT);
      search(state, random);
    }
  }

  @Override
  public void learn(State state, Outcome outcome, RandomGenerator random) {
    if (finished()) {
      throw new IllegalStateException("the warm-up of " + iteration + " iterations is over");
    }
    kernel.tuning().stepSize(averaging.learn(outcome.acceptance()));
    if (windows.contains(iteration)) {
      estimator.add(state);
    }
    if (windows.endsWith(iteration)) {
      renew(state, random);
    }
    iteration++;
    if (finished()) {
      kernel.tuning().stepSize(averaging.average());
      kernel.tuning().limit(Integer.MAX_VALUE);
    }
  }

  private void renew(State state, RandomGenerator random) {
    if (learnsMetric) {
      kernel.tuning().metric(estimator.metric());
      estimator.restart();
    }
    kernel.tuning().limit(Integer.MAX_VALUE);
    search(state, random);
  }

  private void search(State state, RandomGenerator random) {
    evaluations += StepSizeSearch.from(kernel, state, random);
    averaging.restart(kernel.tuning().stepSize());
  }

  @Override
  public boolean finished() {
    return iteration == windows.warmup();
  }

  @Override
  public long evaluations() {
    return evaluations;
  }
}
