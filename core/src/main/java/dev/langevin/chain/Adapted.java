package dev.langevin.chain;

import java.util.Arrays;

/**
 * What a chain's warm-up found, and what it took.
 *
 * @param stepSize step size of the draws, in the sampler's convention; NaN where it has none
 * @param inverseMetric diagonal of M⁻¹ of the draws, length d; all 1 if nothing was adapted, empty for a sampler without metric
 * @param gradients evaluations of the density during warm-up, the step-size searches included
 * @param warmupDivergences divergent steps during warm-up
 * @param start the starting point, length d
 */
public record Adapted(
    double stepSize,
    double[] inverseMetric,
    long gradients,
    int warmupDivergences,
    double[] start) {
  public Adapted {
    inverseMetric = inverseMetric.clone();
    start = start.clone();
  }

  @Override
  public double[] inverseMetric() {
    return inverseMetric.clone();
  }

  @Override
  public double[] start() {
    return start.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Adapted that
        && Double.compare(stepSize, that.stepSize) == 0
        && Arrays.equals(inverseMetric, that.inverseMetric)
        && gradients == that.gradients
        && warmupDivergences == that.warmupDivergences
        && Arrays.equals(start, that.start);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(stepSize) + Arrays.hashCode(start);
  }

  @Override
  public String toString() {
    return "step size " + stepSize + ", " + gradients + " gradients in warm-up";
  }
}
