package dev.langevin.adapt;

import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.MicrocanonicalKernel;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.State;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The warm-up of {@link dev.langevin.mcmc.Mclmc} (Robnik, De Luca, Silverstein &amp; Seljak 2023, section 4, with the metric added).
 *
 * <pre>
 *   0 – 10 %     step size
 *   10 – 30 %    points for the {@link FisherMetric metric} and the target's size, which is the kernel's unit of length
 *   30 – 60 %    the same once more
 *   60 – 100 %   autocorrelation times, in steps: at the end the unit is 0.4 eps τ
 * </pre>
 *
 * The step size makes E ΔE² = 5·10⁻⁴ d, see {@link EnergyErrorSteps}. τ is d over the sum of the coordinates' 1/τ_i, the harmonic mean (as the effective sample
 * size is averaged), each from {@link BatchMeans}; the unit changes by a factor of 3 at most. Fewer than 20 iterations learn the step size only.
 */
final class MclmcWarmup implements Warmup {
  private static final int LEAST = 20;
  private static final double LENGTH_PER_TIME = 0.4;
  private static final double LARGEST_CHANGE = 3;

  private final MicrocanonicalKernel kernel;
  private final Windows windows;
  private final boolean learnsMetric;
  private final FisherMetric estimator;
  private final EnergyErrorSteps steps;
  private final BatchMeans means;
  private int inWindow;
  private int iteration;
  private long evaluations;

  MclmcWarmup(MicrocanonicalKernel kernel, int iterations, MetricAdaptation metric) {
    this.kernel = kernel;
    this.windows =
        iterations < LEAST
            ? new Windows(iterations, iterations, List.of())
            : new Windows(
                iterations,
                iterations / 10,
                List.of((int) (0.3 * iterations), (int) (0.6 * iterations)));
    this.learnsMetric = metric != MetricAdaptation.UNIT;
    this.estimator =
        new FisherMetric(kernel.dimension(), FisherMetric.dense(metric, kernel.dimension()));
    this.steps = new EnergyErrorSteps(kernel.dimension());
    this.means = new BatchMeans(kernel.dimension(), iterations - (int) (0.6 * iterations));
  }

  @Override
  public void begin(State state, RandomGenerator random) {
    if (!finished()) {
      kernel.tuning().stepSize(FirstStep.of(state, kernel.tuning().stepSize()));
      search(state, random);
    }
  }

  @Override
  public void learn(State state, Outcome outcome, RandomGenerator random) {
    if (finished()) {
      throw new IllegalStateException("the warm-up of " + iteration + " iterations is over");
    }
    kernel.tuning().stepSize(steps.learn(kernel.tuning().stepSize(), outcome));
    if (windows.contains(iteration)) {
      estimator.add(state);
      inWindow++;
    } else if (iteration >= windows.first()) {
      means.add(state.position());
    }
    if (windows.endsWith(iteration)) {
      renew(state, random);
    }
    iteration++;
    if (finished() && means.full()) {
      double length = LENGTH_PER_TIME * kernel.tuning().stepSize() * means.time();
      kernel.unit(
          Math.max(
              kernel.unit() / LARGEST_CHANGE, Math.min(kernel.unit() * LARGEST_CHANGE, length)));
    }
  }

  private void renew(State state, RandomGenerator random) {
    // a trajectory forgets its direction in about √d steps, so these count as one
    int independent = Math.max(1, (int) (inWindow / Math.sqrt(kernel.dimension())));
    Metric learned = estimator.learn(independent);
    if (learnsMetric) {
      kernel.tuning().metric(learned);
      search(state, random);
    }
    kernel.unit(learnsMetric ? estimator.size() : estimator.euclideanSize());
    estimator.restart();
    inWindow = 0;
  }

  private void search(State state, RandomGenerator random) {
    evaluations += StepSizeSearch.from(kernel, state, random);
    kernel.tuning().stepSize(0.5 * kernel.tuning().stepSize());
    steps.restart();
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
