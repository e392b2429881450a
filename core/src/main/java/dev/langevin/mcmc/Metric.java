package dev.langevin.mcmc;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * A diagonal mass matrix M, given by its inverse: M⁻¹ best equals the target's variances. Immutable.
 *
 * <p>Kernels use M<sup>-1/2</sup> only. With w = M<sup>-1/2</sup> p, momenta are N(0, I), the kinetic energy is |w|²/2, and the
 * equations of motion are dw = M<sup>-1/2</sup> g dt, dx = M<sup>-1/2</sup> w dt (Neal 2011, section 4.1: transforming the momentum by M
 * is transforming the position by M<sup>-1/2</sup>).
 */
public final class Metric {
  private final double[] inverse;
  private final double[] scale;

  private Metric(double[] inverse) {
    this.inverse = inverse;
    this.scale = new double[inverse.length];
    for (int i = 0; i < inverse.length; i++) {
      scale[i] = Math.sqrt(inverse[i]);
    }
  }

  /** M = I in d dimensions. */
  public static Metric identity(int dimension) {
    double[] inverse = new double[Check.atLeast("dimension", dimension, 1)];
    Arrays.fill(inverse, 1);
    return new Metric(inverse);
  }

  /**
   * The metric with this diagonal of M⁻¹.
   *
   * @param inverse d variances, positive and finite; copied
   */
  public static Metric diagonal(double... inverse) {
    Check.atLeast("inverse.length", inverse.length, 1);
    for (int i = 0; i < inverse.length; i++) {
      Check.positive("inverse[" + i + "]", inverse[i]);
    }
    return new Metric(inverse.clone());
  }

  /** d, the number of coordinates. */
  public int dimension() {
    return inverse.length;
  }

  /** The diagonal of M⁻¹; a copy. */
  public double[] inverse() {
    return inverse.clone();
  }

  /** The diagonal of M<sup>-1/2</sup>, not a copy, for the kernels' loops. */
  double[] scale() {
    return scale;
  }
}
