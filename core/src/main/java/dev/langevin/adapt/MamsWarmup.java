package dev.langevin.adapt;

import dev.langevin.math.Check;
import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.MicrocanonicalKernel;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.State;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The warm-up of {@link dev.langevin.mcmc.Mams}, made for few gradients: everything is learned from all points that trajectories visit, and
 * not from their ends alone.
 *
 * <pre>
 *   0 – 10 %    step size; trajectories of at most 8 steps until 20 %, and of at most 32 until 45 %
 *   10 – 45 %   points for the {@link FisherMetric metric} and the target's size, which is the kernel's unit of length
 *   45 – 85 %   more points, with trajectories of three times the length, from which the best {@link TrajectoryLength length} is read
 *   85 – 100 %  step size
 * </pre>
 *
 * <p>The second metric is learned from the points of both stretches: the first need not be stationary for a Gaussian to be learned from them.
 *
 * <p>The step size is steered by dual averaging to the target acceptance, begun afresh, with a new search, at every renewal of the metric; with constants
 * that swing less than Stan's (gamma 0.2 for 0.05, towards 2 eps for 10 eps), since the stretches are short. The very first step size is d/|g|, which has the
 * right units whatever the scale.
 *
 * <p>The unit is chosen so that the recipe's mean length of π/2 is the best length; another length in the recipe stays longer or shorter by its ratio to
 * that. A longer measuring window (three quarter turns and not two) costs 50 gradients on a Gaussian in 100 dimensions and saves 3000 on Rosenbrock's
 * function in 36, where the first window underestimates the size. Fewer than 20 iterations learn the step size only.
 */
final class MamsWarmup implements Warmup {
  private static final int LEAST = 20;
  private static final int UNKNOWN_METRIC_LIMIT = 8;
  private static final int EARLY_LIMIT = 32;
  private static final double GAMMA = 0.2;
  private static final double FACTOR = 2;
  private static final double LONGER = 3;
  private static final double SHORTEST = 0.7;
  private static final double JITTER = 0.5;
  private static final double QUARTER_TURN = 0.5 * Math.PI;

  private final MicrocanonicalKernel kernel;
  private final Windows windows;
  private final boolean learnsMetric;
  private final FisherMetric estimator;
  private final DualAveraging averaging;
  private TrajectoryLength lengths;
  private boolean measuring;
  private int trajectories;
  private int iteration;
  private long evaluations;

  MamsWarmup(MicrocanonicalKernel kernel, int iterations, double target, MetricAdaptation metric) {
    this.kernel = kernel;
    this.windows = schedule(iterations);
    this.learnsMetric = metric != MetricAdaptation.UNIT;
    this.estimator =
        new FisherMetric(kernel.dimension(), FisherMetric.dense(metric, kernel.dimension()));
    this.averaging =
        new DualAveraging(
            Check.inside("targetAcceptance", target, 0, 1),
            kernel.tuning().stepSize(),
            GAMMA,
            FACTOR);
    this.lengths = new TrajectoryLength(new double[kernel.dimension()], 1);
  }

  private static Windows schedule(int w) {
    Check.atLeast("warmup", w, 0);
    return w < LEAST
        ? new Windows(w, w, List.of())
        : new Windows(w, w / 10, List.of((int) (0.45 * w), (int) (0.85 * w)));
  }

  @Override
  public void begin(State state, RandomGenerator random) {
    if (finished()) {
      return;
    }
    kernel.tuning().limit(UNKNOWN_METRIC_LIMIT);
    kernel.tuning().stepSize(FirstStep.of(state, kernel.tuning().stepSize()));
    kernel.visitor(this::visit);
    search(state, random);
  }

  private void visit(State begin, double length, State at) {
    if (windows.contains(iteration)) {
      estimator.add(at);
      if (measuring) {
        lengths.add(begin.position(), length, at.position());
      }
    }
  }

  @Override
  public void learn(State state, Outcome outcome, RandomGenerator random) {
    if (finished()) {
      throw new IllegalStateException("the warm-up of " + iteration + " iterations is over");
    }
    kernel.tuning().stepSize(averaging.learn(outcome.acceptance()));
    trajectories += windows.contains(iteration) ? 1 : 0;
    if (windows.endsWith(iteration) && estimator.count() > 1) {
      renew(state, random);
    }
    iteration++;
    if (!measuring && iteration == windows.warmup() / 5) {
      kernel.tuning().limit(EARLY_LIMIT);
    }
    if (finished()) {
      kernel.tuning().stepSize(averaging.average());
      kernel.tuning().limit(Integer.MAX_VALUE);
      kernel.visitor(MicrocanonicalKernel.Visitor.NONE);
    }
  }

  /** Takes over what the window has learned. */
  private void renew(State state, RandomGenerator random) {
    double[] before = kernel.tuning().metric().inverse();
    Metric learned = estimator.learn(trajectories);
    if (learnsMetric) {
      kernel.tuning().metric(learned);
    }
    double size = learnsMetric ? estimator.size() : estimator.euclideanSize();
    if (measuring) {
      double expected = kernel.unit() / LONGER * QUARTER_TURN;
      double best = lengths.best(JITTER, SHORTEST * expected, expected);
      double found = best / QUARTER_TURN * ratio(before, kernel.tuning().metric().inverse());
      kernel.unit(Math.max(SHORTEST * size, found)); // where the first stretch saw too little
    } else {
      kernel.unit(LONGER * size);
      lengths = new TrajectoryLength(estimator.mean(), 1.5 * LONGER * QUARTER_TURN * size);
    }
    measuring = !measuring;
    kernel.tuning().limit(Integer.MAX_VALUE);
    kernel.tuning().stepSize(averaging.average());
    search(state, random);
  }

  /** What a length of one metric is in another: the geometric mean over the coordinates. */
  private static double ratio(double[] before, double[] after) {
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += StrictMath.log(before[i] / after[i]);
    }
    return StrictMath.exp(0.5 * sum / before.length);
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
