package dev.langevin.spin;

/** A mean that has nothing to tell of its iterations. */
interface SilentMean extends TiltedMean {
  @Override
  default int iterations(int row) {
    return 0;
  }

  @Override
  default boolean converged(int row) {
    return true;
  }

  @Override
  default double residual(int row) {
    return 0;
  }
}
