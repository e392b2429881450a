package dev.langevin.objective;

import dev.langevin.math.Check;
import dev.langevin.math.NormalQuantile;
import java.util.random.RandomGenerator;

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
public record EdmObjective(double logSigmaMean, double logSigmaSd, double sigmaData) {
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

  /**
   * Fills a batch's noise levels, spread evenly over their law: the quantiles at (i/n + u) mod 1 for one uniform u. Each level alone has
   * the law of {@link #sigma}, and their mean loss varies far less than with independent levels (systematic sampling; Kingma, Salimans,
   * Poole &amp; Ho 2021, appendix I.1). Draws one 64-bit number whatever the batch.
   *
   * @param out n levels, overwritten
   */
  public void levels(RandomGenerator random, double[] out) {
    double shift = random.nextDouble();
    int n = out.length;
    for (int i = 0; i < n; i++) {
      double p = (double) i / n + shift;
      p -= Math.floor(p);
      out[i] = sigma(NormalQuantile.of(Math.max(p, 0x1p-54))); // 0 would be the level 0
    }
  }

  /** λ(σ) = (σ² + σ_data²)/(σ σ_data)², the loss weight; 1/c_out². */
  public double weight(double sigma) {
    double root = Math.sqrt(total(sigma)) / (sigma * sigmaData);
    return root * root;
  }

  /** c_skip(σ) = σ_data²/(σ² + σ_data²), the input's share in the denoised point. */
  public double cSkip(double sigma) {
    return sigmaData * sigmaData / total(sigma);
  }

  /** c_out(σ) = σ σ_data/√(σ² + σ_data²), the scale of the network's output. */
  public double cOut(double sigma) {
    return sigma * sigmaData / Math.sqrt(total(sigma));
  }

  /** c_in(σ) = 1/√(σ² + σ_data²), the scale of the network's input. */
  public double cIn(double sigma) {
    return 1 / Math.sqrt(total(sigma));
  }

  /** c_noise(σ) = ¼ ln σ, what the network is told of the level. */
  public double cNoise(double sigma) {
    return 0.25 * StrictMath.log(sigma);
  }

  /** The denoised coordinate c_skip y + c_out F, from the network's output F at the noised coordinate y. */
  public double denoised(double output, double noised, double sigma) {
    return cSkip(sigma) * noised + cOut(sigma) * output;
  }

  /** What the network's output should be, (x₀ - c_skip y)/c_out, for the clean coordinate x₀ and the noised one y. */
  public double target(double clean, double noised, double sigma) {
    return (clean - cSkip(sigma) * noised) / cOut(sigma);
  }

  private double total(double sigma) {
    return sigma * sigma + sigmaData * sigmaData;
  }
}
