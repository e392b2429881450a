package dev.langevin.theory;

import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.math.Check;
import java.util.Optional;

/**
 * mmse(σ) = E‖x₀ - E[x₀ | x₀ + σz]‖², the least mean squared error of a denoiser, of all coordinates together, as a function of the noise level. It is the one
 * function of the data on which the exact path errors of reverse processes depend ({@link PathScheme}). In γ = 1/σ², the signal-to-noise ratio:
 *
 * <ul>
 *   <li>the denoiser along the path is a martingale, so that mmse(γ) - mmse(γ') = E‖D' - D‖² for γ &lt; γ': the curve falls;
 *   <li>½ ∫₀^γ mmse = I(x₀; x₀ + σz), the mutual information in nats (Guo, Shamai &amp; Verdú 2005);
 *   <li>-dmmse/dγ = E‖Cov(x₀ | y)‖² ≥ mmse²/d (Cauchy–Schwarz, twice), so that d/mmse - γ rises; with a value at γ<sub>a</sub> it follows that
 *       mmse(γ) ≤ d/(d/mmse<sub>a</sub> + γ - γ<sub>a</sub>) for γ &gt; γ<sub>a</sub>, and ≥ for γ &lt; γ<sub>a</sub>, with equality for isotropic normal data (the single crossing of Guo, Wu, Shamai
 *       &amp; Verdú 2011 in d dimensions).
 * </ul>
 *
 * <p>Levels are given as σ; {@link Double#POSITIVE_INFINITY} is γ = 0, where mmse is the total variance.
 */
public interface MmseCurve {
  /** d. */
  int dimension();

  /** Where the numbers come from. */
  Source source();

  /**
   * mmse(σ).
   *
   * @param sigma positive; may be infinite
   */
  Bracket at(double sigma);

  /**
   * ∫ (mmse(γ_from) - mmse(γ)) dγ over the step from {@code from} to {@code to}: what it costs to keep the denoiser as it was at the beginning; zero or positive.
   *
   * @param from the larger noise level; may be infinite
   * @param to positive
   */
  Bracket excess(double from, double to);

  /** ½ ∫₀^γ mmse, the mutual information of x₀ and x₀ + σz in nats. */
  default Bracket information(double sigma) {
    double gamma = snr(sigma);
    Bracket now = at(sigma);
    Bracket all = at(Double.POSITIVE_INFINITY);
    Bracket lost = excess(Double.POSITIVE_INFINITY, sigma);
    double low = Math.max(gamma * all.low() - lost.high(), gamma * now.low());
    double high = Math.min(gamma * all.high() - lost.low(), gamma * all.high());
    return Bracket.around(gamma * all.value() - lost.value(), low, high).times(0.5).notNegative();
  }

  /** Where a curve comes from. */
  enum Source {
    /** A formula. */
    CLOSED_FORM("closed form"),
    /** Integrals over the noised law, to nine digits or more. */
    QUADRATURE("quadrature"),
    /** Averages over random paths; the limits are three standard errors away. */
    MONTE_CARLO("Monte Carlo"),
    /** The loss of a network on data that it was not trained on: an upper limit. */
    HELD_OUT_LOSS("held-out loss");

    private final String label;

    Source(String label) {
      this.label = label;
    }

    /** Lower case, for messages. */
    public String label() {
      return label;
    }
  }

  /** Of normal data, in closed form. */
  static MmseCurve of(Gaussian data) {
    return GaussianMmse.of(NormalLaw.of(data));
  }

  /**
   * Of a mixture, by quadrature, tabulated where it is asked for: a table over all levels takes well under a second on the line, one or two for 25 components in the plane.
   *
   * @param data of one component; or of one or two dimensions; or of components N(μ_k, vI) with one v in any number, whose means lie on a line or in a plane
   */
  static MmseCurve of(GaussianMixture data) {
    return MixtureMmse.of(data)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "data of more than two dimensions must have one covariance, a multiple of the identity, and means in a plane"));
  }

  /** The same; empty if there is neither a closed form nor a quadrature. */
  static Optional<MmseCurve> find(GaussianMixture data) {
    return MixtureMmse.of(data);
  }

  /** γ = 1/σ². */
  static double snr(double sigma) {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("sigma must be positive, got " + sigma);
    }
    return 1 / sigma / sigma;
  }

  /** γ_to - γ_from, without cancellation. */
  static double snrStep(double from, double to) {
    Check.positive("to", to);
    if (!(from >= to)) {
      throw new IllegalArgumentException("from must be at least to = " + to + ", got " + from);
    }
    double share = to / from;
    return (1 - share) * (1 + share) / to / to;
  }
}
