package dev.langevin.tensor;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.Preconditioning;
import java.util.List;

/**
 * The energies E(y; σ) of a {@link Conservative} network, up to a constant for each σ: p_σ(y) ∝ exp(-E(y; σ)) is meant for the data noised
 * by σ, and y - σ²∇E(y; σ) is exactly the {@link NetworkDenoiser} of the same weights and preconditioning. So an energy is trained as
 * a denoiser is, without a normaliser or a chain, and sampled by either door: by a solver, or at one level as a {@link Density}.
 *
 * <p>The energy is a 32-bit sum over the coordinates: differences between points are good to about 1e-6 of its size. Native memory is
 * freed by {@link #close}.
 */
public final class NetworkEnergy implements AutoCloseable {
  private final NetworkFunction function;
  private final Preconditioning preconditioning;
  private final int d;

  /**
   * Energies from stored weights. Loads the native library.
   *
   * @param architecture without labels
   * @param weights as {@link NetworkFunction} takes them
   */
  public NetworkEnergy(
      Conservative architecture, Preconditioning preconditioning, List<NamedArray> weights) {
    function = new NetworkFunction(architecture, weights);
    this.preconditioning = preconditioning;
    d = architecture.dimension();
  }

  /** Number of coordinates. */
  public int dimension() {
    return d;
  }

  /**
   * Writes the energies of some rows and their gradients.
   *
   * @param y {@code rows × d}
   * @param sigma noise level, positive and finite
   * @param energies {@code rows}, overwritten
   * @param gradients {@code rows × d}, overwritten with ∇_y E
   */
  public void energies(double[] y, int rows, double sigma, double[] energies, double[] gradients) {
    Check.atLeast("rows", rows, 1);
    Check.positive("sigma", sigma);
    if ((long) rows * d > Math.min(y.length, gradients.length) || rows > energies.length) {
      throw new IllegalArgumentException("y, energies and gradients must have room for the rows");
    }
    NetworkFunction.Told told = function.told(new double[] {preconditioning.cNoise(sigma)}, null);
    function.pieces(rows, (from, count) -> piece(y, from, count, sigma, told, energies, gradients));
  }

  private void piece(
      double[] y,
      int from,
      int rows,
      double sigma,
      NetworkFunction.Told told,
      double[] energies,
      double[] gradients) {
    double cIn = preconditioning.cIn(sigma);
    double cOut = preconditioning.cOut(sigma);
    double kept = 1 - preconditioning.cSkip(sigma);
    double variance = sigma * sigma;
    float[] u = new float[rows * d];
    for (int i = 0; i < u.length; i++) {
      u[i] = (float) (cIn * y[from * d + i]);
    }
    float[] slope = new float[u.length];
    double[] g = function.scalars(u, from, rows, told, slope);
    for (int r = 0; r < rows; r++) {
      double square = 0;
      for (int j = 0; j < d; j++) {
        int i = (from + r) * d + j;
        square += y[i] * y[i];
        gradients[i] = (kept * y[i] - cOut * slope[r * d + j]) / variance;
      }
      energies[from + r] = (0.5 * kept * square - cOut / cIn * g[r]) / variance;
    }
  }

  /**
   * exp(-E(·; σ)), not normalised, for samplers of densities. One point at a time: a call costs a forward and a backward pass, some 100 µs
   * for the smallest network. Valid until {@link #close}.
   */
  public Density at(double sigma) {
    Check.positive("sigma", sigma);
    double[] energy = new double[1];
    return new Density() {
      @Override
      public int dimension() {
        return d;
      }

      @Override
      public double logDensity(double[] x, double[] gradient) {
        energies(x, 1, sigma, energy, gradient);
        for (int j = 0; j < d; j++) {
          gradient[j] = -gradient[j];
        }
        return -energy[0];
      }
    };
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    function.close();
  }
}
