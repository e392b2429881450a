package dev.langevin.adapt;

import dev.langevin.mcmc.MicrocanonicalKernel;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import java.util.random.RandomGenerator;

/**
 * Tunes one kernel while it runs, and then leaves it alone. Call {@link #begin} once, then {@link #learn} after each of the iterations; after the
 * last of them the kernel is tuned. Zero iterations leave the kernel as it was. A worker of one thread.
 */
public interface Warmup {
  /**
   * The warm-up that suits the kernel and the way of learning the metric.
   *
   * <p>Microcanonical kernels learn their metric from gradients in any case: diagonal for {@code DIAGONAL} and {@code FISHER}, dense for {@code DENSE} and
   * (up to 200 dimensions) {@code LOW_RANK}.
   *
   * @param iterations steps that it may learn from, at least 0
   * @param targetAcceptance wanted mean acceptance, strictly between 0 and 1; not read for an unadjusted kernel
   */
  static Warmup of(
      TunableKernel kernel, int iterations, double targetAcceptance, MetricAdaptation metric) {
    if (kernel instanceof MicrocanonicalKernel microcanonical) {
      return microcanonical.adjusted()
          ? new MamsWarmup(microcanonical, iterations, targetAcceptance, metric)
          : new MclmcWarmup(microcanonical, iterations, metric);
    }
    return new WindowedWarmup(kernel, iterations, targetAcceptance, metric);
  }

  /**
   * Searches the first step size at the starting point.
   *
   * @throws IllegalStateException if there is none, see {@link StepSizeSearch}
   */
  void begin(State state, RandomGenerator random);

  /**
   * Learns from a step and sets the kernel for the next.
   *
   * @param state where the step ended
   * @param outcome what happened in it
   * @param random for a fresh step-size search
   */
  void learn(State state, Outcome outcome, RandomGenerator random);

  /** Whether all iterations are done. */
  boolean finished();

  /** Density evaluations spent in searches so far, beside those of the steps themselves. */
  long evaluations();
}
