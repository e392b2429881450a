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
    law = NoisedNormal.of(mean.clone(), covariance);
  }

  private GaussianDenoiser(NoisedNormal law) {
    this.law = law;
  }

  /**
   * Of data N({@code mean}, diag({@code variances})); no matrix is made, O(d) numbers are kept.
   *
   * @param mean length d
   * @param variances length d, zero or positive
   */
  public static GaussianDenoiser diagonal(double[] mean, double[] variances) {
    Check.atLeast("dimension", mean.length, 1);
    return new GaussianDenoiser(NoisedNormal.diagonal(mean.clone(), variances.clone()));
  }

  /** An equal one for another thread; what does not change is shared. */
  public GaussianDenoiser fork() {
    return new GaussianDenoiser(law.fork());
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
      law.add(1, y, r * d, out);
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
