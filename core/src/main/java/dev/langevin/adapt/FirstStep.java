package dev.langevin.adapt;

import dev.langevin.mcmc.State;

/** Where a search for the step size of a microcanonical kernel begins. */
final class FirstStep {
  private FirstStep() {}

  /** d/|g|: for a Gaussian √d standard deviations, a turn by one radian. {@code otherwise} where the gradient is zero. */
  static double of(State state, double otherwise) {
    double square = 0;
    for (double g : state.gradient()) {
      square += g * g;
    }
    double step = state.dimension() / Math.sqrt(square);
    return step > 0 && step < Double.POSITIVE_INFINITY ? step : otherwise;
  }
}
