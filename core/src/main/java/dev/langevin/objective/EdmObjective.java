package dev.langevin.objective;

import dev.langevin.math.Check;

/**
 * The score-matching loss of EDM (Karras, Aittala, Aila &amp; Laine 2022, table 1 and eq. 7–8): ln σ ~ N(P_mean, P_std²),
 * loss λ(σ) E‖D(x₀ + σz; σ) - x₀‖² and the preconditioned denoiser
 *
 * <p>D(y; σ) = c_skip(σ) y + c_out(σ) F(c_in(σ) y; c_noise(σ))
 *
 * <p>around a network F. For centred data of standard deviation σ_data per coordinate the network's inputs and targets have unit variance
 * at every level, and λ c_out² = 1: the loss is the plain mean square error of F against {@link #target}.
 *
 * @param logSigmaMean P_mean, the mean of ln σ
 * @param logSigmaSd P_std, the standard deviation of ln σ; positive
 * @param sigmaData σ_data, the standard deviation of the data per coordinate; positive
 */
public record EdmObjective(double logSigmaMean, double logSigmaSd, double sigmaData)
    implements Objective {
  public EdmObjective {
    Check.finite("logSigmaMean", logSigmaMean);
    Check.positive("logSigmaSd", logSigmaSd);
    Check.positive("sigmaData", sigmaData);
  }

  /** EDM's defaults, for data of standard deviation 0.5. */
  public EdmObjective() {
    this(-1.2, 1.2, 0.5);
  }

  /** The noise level that belongs to a standard normal number: exp(P_mean + P_std · normal). */
  public double sigma(double normal) {
    return StrictMath.exp(logSigmaMean + logSigmaSd * normal);
  }

  @Override
  public LevelLaw levelLaw() {
    return new LevelLaw.LogNormal(logSigmaMean, logSigmaSd);
  }

  /** λ(σ) = (σ² + σ_data²)/(σ σ_data)², the loss weight; 1/c_out². */
  @Override
  public double weight(double sigma) {
    return new Weighting.Edm(sigmaData).weight(sigma);
  }

  /** c_skip(σ) = σ_data²/(σ² + σ_data²), the input's share in the denoised point. */
  @Override
  public double cSkip(double sigma) {
    return sigmaData * sigmaData / total(sigma);
  }

  /** c_out(σ) = σ σ_data/√(σ² + σ_data²), the scale of the network's output. */
  @Override
  public double cOut(double sigma) {
    return sigma * sigmaData / Math.sqrt(total(sigma));
  }

  /** c_in(σ) = 1/√(σ² + σ_data²), the scale of the network's input. */
  @Override
  public double cIn(double sigma) {
    return 1 / Math.sqrt(total(sigma));
  }

  /** c_noise(σ) = ¼ ln σ, what the network is told of the level. */
  @Override
  public double cNoise(double sigma) {
    return 0.25 * StrictMath.log(sigma);
  }

  private double total(double sigma) {
    return sigma * sigma + sigmaData * sigmaData;
  }
}
