package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;

/**
 * The density of a block given the other coordinates: the joint one, up to a constant. Works on the sweep's own point, in which it writes the block's
 * coordinates and leaves them.
 */
final class ConditionalDensity implements Density {
  private final LogDensity joint;
  private final double[] point;
  private final double[] jointGradient;
  private final int[] coordinates;

  /**
   * Of these coordinates.
   *
   * @param point length d, shared with the sweep
   * @param jointGradient length d, scratch
   */
  ConditionalDensity(LogDensity joint, double[] point, double[] jointGradient, int[] coordinates) {
    this.joint = joint;
    this.point = point;
    this.jointGradient = jointGradient;
    this.coordinates = coordinates;
  }

  @Override
  public int dimension() {
    return coordinates.length;
  }

  /** Reads the block's coordinates from the sweep's point. */
  void read(double[] out) {
    for (int i = 0; i < coordinates.length; i++) {
      out[i] = point[coordinates[i]];
    }
  }

  /** Writes the block's coordinates to the sweep's point. */
  void write(double[] x) {
    for (int i = 0; i < coordinates.length; i++) {
      point[coordinates[i]] = x[i];
    }
  }

  @Override
  public double logDensity(double[] x) {
    write(x);
    return joint.logDensity(point);
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    if (!(joint instanceof Density differentiable)) {
      throw new IllegalArgumentException(
          "a sampler within that uses gradients must be on a density that has one");
    }
    write(x);
    double logDensity = differentiable.logDensity(point, jointGradient);
    for (int i = 0; i < coordinates.length; i++) {
      gradient[i] = jointGradient[coordinates[i]];
    }
    return logDensity;
  }
}
