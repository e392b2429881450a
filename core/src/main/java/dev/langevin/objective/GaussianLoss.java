package dev.langevin.objective;

import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.math.Check;

/**
 * The losses of an affine denoiser or score on data N(μ, Σ), in closed form: with y = x₀ + σz ~ q = N(μ, Σ + σ²I), D(y) = A y + c and s(y) = B y + e,
 *
 * <pre>
 *   denoising    E‖D(y) - x₀‖²        = ‖(A - I)μ + c‖² + tr((A - I)Σ(A - I)ᵀ) + σ² tr(AAᵀ)
 *   floor        mmse(σ)              = σ² tr(Σ(Σ + σ²I)⁻¹)
 *   explicit     E‖s - ∇ log q‖²
 *   implicit     E[‖s‖² + 2 div s]    = explicit - E‖∇ log q‖²               (Hyvärinen 2005, theorem 1)
 *   conditional  E‖s + z/σ‖²          = explicit + mmse(σ)/σ⁴                (Vincent 2011, section 4.2)
 * </pre>
 *
 * <p>The last two lines are identities, not definitions: each side is computed by itself here, and a test compares them. O(d³).
 */
public final class GaussianLoss {
  private final double[] mean;
  private final double[][] covariance;
  private final GaussianDenoiser exact;

  /**
   * On data N({@code mean}, {@code covariance}).
   *
   * @param mean length d
   * @param covariance {@code d × d}, symmetric without negative eigenvalues
   */
  public GaussianLoss(double[] mean, double[][] covariance) {
    exact = new GaussianDenoiser(mean, covariance);
    this.mean = mean.clone();
    this.covariance = new double[mean.length][];
    for (int i = 0; i < mean.length; i++) {
      this.covariance[i] = covariance[i].clone();
    }
  }

  /** E‖D(x₀ + σz) - x₀‖², summed over coordinates. */
  public double denoising(AffineMap denoiser, double sigma) {
    Check.positive("sigma", sigma);
    double[][] unit = new double[mean.length][mean.length];
    for (int i = 0; i < mean.length; i++) {
      unit[i][i] = 1;
    }
    AffineMap linear = new AffineMap(denoiser.matrix(), new double[mean.length]);
    return denoiser.combined(1, -1).meanSquare(mean, covariance)
        + sigma * sigma * linear.meanSquare(new double[mean.length], unit);
  }

  /** mmse(σ) = E‖E[x₀ | y] - x₀‖², the least that any denoiser attains. */
  public double floor(double sigma) {
    return sigma * sigma * AffineMap.of(exact, sigma).trace();
  }

  /** ∇ log q = (D* - y)/σ², the score of the data with noise σ. */
  public AffineMap score(double sigma) {
    double variance = sigma * sigma;
    return AffineMap.of(exact, sigma).combined(1 / variance, -1 / variance);
  }

  /** E_q‖s - ∇ log q‖². */
  public double explicit(AffineMap score, double sigma) {
    AffineMap truth = score(sigma);
    double[] matrix = score.matrix();
    double[] offset = score.offset();
    double[] exactMatrix = truth.matrix();
    double[] exactOffset = truth.offset();
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] -= exactMatrix[i];
    }
    for (int i = 0; i < offset.length; i++) {
      offset[i] -= exactOffset[i];
    }
    return new AffineMap(matrix, offset).meanSquare(mean, noised(sigma));
  }

  /** E_q[‖s‖² + 2 div s]. */
  public double implicit(AffineMap score, double sigma) {
    return score.meanSquare(mean, noised(sigma)) + 2 * score.trace();
  }

  /** E‖s(x₀ + σz) + z/σ‖², through the denoiser y + σ² s. */
  public double conditional(AffineMap score, double sigma) {
    double variance = sigma * sigma;
    return denoising(score.combined(variance, 1), sigma) / variance / variance;
  }

  /** E_q‖∇ log q‖², the Fisher information of the noised law. */
  public double information(double sigma) {
    return score(sigma).meanSquare(mean, noised(sigma));
  }

  private double[][] noised(double sigma) {
    double[][] noised = new double[mean.length][];
    for (int i = 0; i < mean.length; i++) {
      noised[i] = covariance[i].clone();
      noised[i][i] += sigma * sigma;
    }
    return noised;
  }
}
