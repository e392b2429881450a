package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * The exact denoiser of data N(μ, Σ): D(y; σ) = μ + Σ(Σ + σ²I)⁻¹(y - μ), affine in y; its Jacobian is
 * Σ(Σ + σ²I)⁻¹. The covariance may be singular. O(d²) per row, O(d) where Σ is diagonal, and O(d³) once. Owns scratch arrays: one per thread.
 */
public final class GaussianDenoiser implements DifferentiableDenoiser {
  private final NoisedNormal law;

  /**
   * Of data N({@code mean}, {@code covariance}).
   *
   * @param mean length d
   * @param covariance {@code d × d}, symmetric without negative eigenvalues
   */
  public GaussianDenoiser(double[] mean, double[][] covariance) {
    Check.atLeast("dimension", mean.length, 1);
    law = new NoisedNormal(mean, covariance);
  }

  @Override
  public int dimension() {
    return law.dimension();
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    int d = dimension();
    law.level(Levels.variance(sigma));
    Arrays.fill(out, 0, rows * d, 0.0);
    for (int r = 0; r < rows; r++) {
      law.weigh(y, r * d);
      law.add(1, out, r * d);
    }
  }

  @Override
  public void pullBack(
      double[] y, int rows, double sigma, double[] v, double[] denoised, double[] out) {
    denoise(y, rows, sigma, denoised);
    int d = dimension();
    Arrays.fill(out, 0, rows * d, 0.0);
    for (int r = 0; r < rows; r++) {
      law.addGain(1, v, out, r * d);
    }
  }
}
