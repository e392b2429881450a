package dev.langevin.adapt;

import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import java.util.random.RandomGenerator;

/**
 * Finds a first step size of the right order: doubles it while a single trial step is accepted with more than 0.8, or halves it while
 * less, until that changes (Hoffman &amp; Gelman 2014, algorithm 4, with Stan's 0.8 in place of 0.5). One to a few dozen evaluations.
 */
public final class StepSizeSearch {
  private static final double LOG_THRESHOLD = StrictMath.log(0.8);
  private static final double LARGEST = 0x1p200;
  private static final double SMALLEST = 0x1p-200;

  private StepSizeSearch() {}

  /**
   * Leaves the found step size in the kernel's tuning.
   *
   * @return the number of evaluations that it took
   * @throws IllegalStateException if no step is too large (the density is not proper) or none small enough (it is not finite or not
   *     continuous around the state)
   */
  public static int from(TunableKernel kernel, State state, RandomGenerator random) {
    boolean grow = kernel.trial(state, random) > LOG_THRESHOLD;
    int evaluations = 1;
    while (true) {
      double logRatio = kernel.trial(state, random);
      evaluations++;
      if (grow ? !(logRatio > LOG_THRESHOLD) : !(logRatio < LOG_THRESHOLD)) {
        return evaluations;
      }
      double stepSize = kernel.tuning().stepSize() * (grow ? 2 : 0.5);
      requireSane(stepSize, logRatio);
      kernel.tuning().stepSize(stepSize);
    }
  }

  private static void requireSane(double stepSize, double logRatio) {
    if (stepSize > LARGEST) {
      throw new IllegalStateException(
          "no step is too large, not even one of "
              + stepSize
              + ": the density does not fall far out, so it is not proper");
    }
    if (stepSize < SMALLEST) {
      throw new IllegalStateException(
          "no step is small enough, not even one of "
              + stepSize
              + " (log ratio "
              + logRatio
              + "): around this point the density is not finite or not continuous, or its gradient is wrong");
    }
  }
}
