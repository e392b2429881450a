package dev.langevin.objective;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.Prediction;
import dev.langevin.math.Check;

/**
 * λ(σ), the weight of the square error ‖D(y; σ) - x₀‖² at a noise level. All losses of this package are written with the denoiser's error, whatever the
 * network answers with, so that two of them differ by a function of σ only and have one minimiser. Open to users.
 *
 * <p>With the signal-to-noise ratio SNR = 1/σ² (that of x_t = a x₀ + b z is a²/b², the same number).
 */
@FunctionalInterface
public interface Weighting {
  /**
   * λ(σ); zero or positive.
   *
   * @param sigma positive and finite
   */
  double weight(double sigma);

  /**
   * The plain square error of a form: its error is the denoiser's times dF/dD, so λ = SNR for the noise (the "simple" loss: Ho, Jain &amp; Abbeel 2020, eq. 14),
   * 1 for the clean point, (a²/b + b)² for the velocity (SNR + 1 where a² + b² = 1: Salimans &amp; Ho 2022) and a²/b⁴ for the score (Vincent 2011).
   */
  record Plain(Prediction form, Noising noising) implements Weighting {
    @Override
    public double weight(double sigma) {
      double t = noising.time(sigma);
      double slope = form.fromDenoised(1, 0, noising.signal(t), noising.noise(t));
      return slope * slope;
    }
  }

  /** λ = SNR = 1/σ²: the plain error of the noise. */
  record Snr() implements Weighting {
    @Override
    public double weight(double sigma) {
      return 1 / sigma / sigma;
    }
  }

  /** λ = max(SNR, 1): never less than the plain error of the clean point (Salimans &amp; Ho 2022, eq. 10). */
  record TruncatedSnr() implements Weighting {
    @Override
    public double weight(double sigma) {
      return Math.max(1 / sigma / sigma, 1);
    }
  }

  /**
   * λ = min(SNR, γ): small levels, where the error is small and easy, count no more than a fixed amount (Hang et al. 2023, section 3.4).
   *
   * @param gamma γ, positive; 5 in the paper
   */
  record MinSnr(double gamma) implements Weighting {
    public MinSnr {
      Check.positive("gamma", gamma);
    }

    @Override
    public double weight(double sigma) {
      return Math.min(1 / sigma / sigma, gamma);
    }
  }

  /**
   * λ = 1/(σ² p(ln σ)) with p the density of ln σ under the law that levels are drawn from: the expected loss is ∫ E‖D - x₀‖² σ⁻³ dσ, the same for all
   * laws on one interval, and -log p(x₀) up to what happens beyond its ends (Song, Durkan, Murray &amp; Ermon 2021, theorem 1; Kingma, Salimans, Poole &amp; Ho 2021,
   * eq. 12–18). At the exact denoiser it is the mutual information I(x₀; y_low) - I(x₀; y_high) (Guo, Shamai &amp; Verdú 2005, theorem 1: dI/dSNR = mmse/2), and the
   * excess over that is the relative entropy that the score error makes, ½∫ g² E‖s - ∇ log q‖² dt.
   *
   * @param law the law that levels are drawn from
   */
  record Likelihood(LevelLaw law) implements Weighting {
    @Override
    public double weight(double sigma) {
      return 1 / sigma / sigma / law.density(sigma);
    }
  }

  /**
   * λ = (σ² + σ_data²)/(σ σ_data)² = 1/c_out² of {@link EdmObjective} (Karras, Aittala, Aila &amp; Laine 2022, table 1).
   *
   * @param sigmaData σ_data, the standard deviation of the data per coordinate; positive
   */
  record Edm(double sigmaData) implements Weighting {
    public Edm {
      Check.positive("sigmaData", sigmaData);
    }

    @Override
    public double weight(double sigma) {
      double root = Math.sqrt(sigma * sigma + sigmaData * sigmaData) / (sigma * sigmaData);
      return root * root;
    }
  }
}
