package dev.langevin.diffusion;

import dev.langevin.density.target.CovarianceShape;
import dev.langevin.density.target.GaussianMixture;
import java.util.Arrays;

/**
 * The exact denoiser of a mixture Σ w_k N(μ_k, Σ_k): under noise each component stays normal, so
 *
 * <p>D(y; σ) = Σ_k r_k(y) (μ_k + Σ_k(Σ_k + σ²I)⁻¹(y - μ_k)), r_k(y) ∝ w_k N(y; μ_k, Σ_k + σ²I)
 *
 *   ∂D/∂y = Σ_k r_k Σ_k(Σ_k + σ²I)⁻¹ + Σ_k r_k (p_k - p̄)(p_k - p̄)ᵀ = Cov[x₀ | y]/σ²,  p_k = (y - D_k)/σ = σ(Σ_k + σ²I)⁻¹(y - μ_k), p̄ = Σ_k r_k p_k
 *
 * <p>(Shah, Chen &amp; Klivans 2023). The responsibilities r_k are formed in logs, so that no level is too small and no point too far out.
 * What depends on σ only is computed once per level. A component costs a row O(d) and keeps O(d) numbers where its covariance is diagonal, else O(d²) of both; nothing is allocated
 * per call. Owns scratch arrays: one per thread.
 */
public final class GaussianMixtureDenoiser implements DifferentiableDenoiser {
  private final double[] logWeights;
  private final NoisedNormal[] components;
  private final double[] logs; // then the responsibilities
  private final double[] mean; // p̄
  private final double[] pull; // p_k - p̄
  private double variance = Double.NaN; // of the level that the components are prepared for

  /** Of data from {@code mixture}. */
  public GaussianMixtureDenoiser(GaussianMixture mixture) {
    double[] weights = mixture.weights();
    logWeights = new double[weights.length];
    components = new NoisedNormal[weights.length];
    logs = new double[weights.length];
    mean = new double[mixture.dimension()];
    pull = new double[mixture.dimension()];
    for (int k = 0; k < weights.length; k++) {
      logWeights[k] = StrictMath.log(weights[k]);
      components[k] = component(mixture, k);
    }
  }

  /** In the mixture's own form, so that no matrix is made where there is none. */
  private static NoisedNormal component(GaussianMixture mixture, int k) {
    return mixture.shape(k) == CovarianceShape.FULL
        ? NoisedNormal.of(mixture.mean(k), mixture.covariance(k))
        : NoisedNormal.diagonal(mixture.mean(k), mixture.variances(k));
  }

  private GaussianMixtureDenoiser(GaussianMixtureDenoiser twin) {
    logWeights = twin.logWeights;
    components = new NoisedNormal[logWeights.length];
    for (int k = 0; k < components.length; k++) {
      components[k] = twin.components[k].fork();
    }
    logs = new double[logWeights.length];
    mean = new double[twin.mean.length];
    pull = new double[twin.mean.length];
  }

  /** An equal one for another thread; what does not change is shared. */
  public GaussianMixtureDenoiser fork() {
    return new GaussianMixtureDenoiser(this);
  }

  @Override
  public int dimension() {
    return components[0].dimension();
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    level(sigma);
    int d = dimension();
    Arrays.fill(out, 0, rows * d, 0.0);
    for (int r = 0; r < rows; r++) {
      denoise(y, r * d, out);
    }
  }

  private void level(double sigma) {
    double wanted = Levels.variance(sigma);
    if (wanted != variance) {
      variance = wanted;
      for (NoisedNormal component : components) {
        component.level(variance);
      }
    }
  }

  @Override
  public void pullBack(
      double[] y, int rows, double sigma, double[] v, double[] denoised, double[] out) {
    level(sigma);
    int d = dimension();
    Arrays.fill(denoised, 0, rows * d, 0.0);
    Arrays.fill(out, 0, rows * d, 0.0);
    for (int r = 0; r < rows; r++) {
      denoise(y, r * d, denoised);
      pullBack(y, r * d, v, out);
    }
  }

  /** Adds Jᵀv of the row last denoised, whose responsibilities are in {@link #logs}. */
  private void pullBack(double[] y, int from, double[] v, double[] out) {
    Arrays.fill(mean, 0);
    for (int k = 0; k < components.length; k++) {
      if (logs[k] != 0) {
        components[k].addPull(logs[k], y, from, mean);
      }
    }
    for (int k = 0; k < components.length; k++) {
      if (logs[k] != 0) {
        for (int j = 0; j < mean.length; j++) {
          pull[j] = -mean[j];
        }
        components[k].addPull(1, y, from, pull);
        double product = 0;
        for (int j = 0; j < mean.length; j++) {
          product += pull[j] * v[from + j];
        }
        for (int j = 0; j < mean.length; j++) {
          out[from + j] += logs[k] * product * pull[j];
        }
        components[k].addGain(logs[k], v, out, from);
      }
    }
  }

  private void denoise(double[] y, int from, double[] out) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < components.length; k++) {
      logs[k] = logWeights[k] + components[k].weigh(y, from);
      largest = Math.max(largest, logs[k]);
    }
    double sum = 0;
    for (int k = 0; k < components.length; k++) {
      logs[k] = StrictMath.exp(logs[k] - largest);
      sum += logs[k];
    }
    for (int k = 0; k < components.length; k++) {
      logs[k] /= sum;
      if (logs[k] != 0) { // NaN is let through, to be seen
        components[k].add(logs[k], y, from, out);
      }
    }
  }
}
