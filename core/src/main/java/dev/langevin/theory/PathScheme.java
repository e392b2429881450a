package dev.langevin.theory;

import dev.langevin.diffusion.EqualError;
import dev.langevin.diffusion.Spacing;
import dev.langevin.math.Check;

/**
 * Stochastic solvers whose path error is known exactly: over a step from noise level s to t &lt; s something is frozen and the rest solved, so that the continuous path
 * between the grid's levels has the true process' noise, and Girsanov's theorem gives KL(true paths ‖ solver's paths). Laws of single times are at most that far apart (data
 * processing). With γ = 1/σ², Δ = γ_t - γ_s, m = mmse, D the true denoiser and D_θ the used one:
 *
 * <pre>
 *   denoiser frozen    ½ ∫ (m(γ_s) - m(γ)) dγ  +  ½ Δ E‖D_θ - D‖²(s)
 *   score frozen       ∫ (J(u) + (1 - 2e<sup>-(s-u)</sup>) J(s)) du  +  h ε²  +  2 (h - 1 + e<sup>-h</sup>) E⟨∇ln q_s, e⟩
 * </pre>
 *
 * <p>First line: γy = γx₀ + B_γ is a Brownian motion with drift D (innovations), and D is a martingale in γ, so that D(γ) - D(γ_s) has no correlation with anything known at γ_s and the two errors add.
 *
 * <p>Second line, on the clock of Ornstein and Uhlenbeck, h its step, e the error of the score and ε² = E‖e‖² = γ(1 + γ) E‖D_θ - D‖²: the drift's error is 2(s - ∇ln q_u) with noise 2, and ∇ln q_s(X_s) = e<sup>s-u</sup> E[∇ln q_u(X_u) | X_s],
 * which gives both the product E⟨∇ln q_u, ∇ln q_s⟩ = e<sup>-(s-u)</sup> J(s) and the last term; that one is bounded by √(J(s) ε²). J = E‖∇ln q‖² = (1 + γ)(d - γ m), and ∫J du = ½ d ln(γ_t/γ_s) - ½∫ m dγ since
 * dγ = -2γ(1 + γ)du. Own derivations, after Chen, Chewi, Li, Li, Salim &amp; Zhang (2023) and Benton, De Bortoli, Doucet &amp; Deligiannidis (2024).
 */
public enum PathScheme {
  /** DDPM's ancestral step with the smaller variance, which is DDIM with η = 1 and the first SDE-DPM-Solver++; on any process. */
  FROZEN_DENOISER("the denoiser is frozen over a step") {
    @Override
    public Bracket discretisation(MmseCurve curve, double from, double to) {
      return curve.excess(from, to).times(0.5).notNegative();
    }

    @Override
    public double weight(double from, double to) {
      return 0.5 * MmseCurve.snrStep(from, to);
    }

    @Override
    public double interaction(MmseCurve curve, double from, double to, double error) {
      return 0;
    }

    @Override
    double startingScale(double sigma) {
      return sigma;
    }
  },

  /** {@link dev.langevin.solver.ExponentialIntegrator}. */
  FROZEN_SCORE("the score is frozen over a step") {
    @Override
    public Bracket discretisation(MmseCurve curve, double from, double to) {
      double h = duration(from, to);
      double gamma = MmseCurve.snr(from);
      double fixed = h + 2 * StrictMath.expm1(-h);
      double free =
          curve.dimension()
              * (StrictMath.log(from / to) + (1 + gamma) * fixed); // ½ d ln(γ_t/γ_s) + d(1 + γ) …
      double slope = -0.5 * MmseCurve.snrStep(from, to) - gamma * (1 + gamma) * fixed;
      return curve
          .at(from)
          .times(slope)
          .plus(free)
          .plus(curve.excess(from, to).times(0.5))
          .notNegative();
    }

    @Override
    public double weight(double from, double to) {
      double gamma = MmseCurve.snr(from);
      return duration(from, to) * gamma * (1 + gamma);
    }

    @Override
    public double interaction(MmseCurve curve, double from, double to, double error) {
      double h = duration(from, to);
      double gamma = MmseCurve.snr(from);
      double fisher = (1 + gamma) * (curve.dimension() - gamma * curve.at(from).low());
      return 2 * (h + StrictMath.expm1(-h)) * Math.sqrt(fisher * gamma * (1 + gamma) * error);
    }

    @Override
    double startingScale(double sigma) {
      return Math.sqrt(1 + sigma * sigma); // N(0, I) where the signal is scaled by 1/√(1 + σ²)
    }
  };

  private static final int TABLE = 24;

  private final String words;

  PathScheme(String words) {
    this.words = words;
  }

  /** What is done in a step, in words. */
  public String words() {
    return words;
  }

  /**
   * The relative entropy that a step adds with the exact denoiser, in nats.
   *
   * @param from noise level before the step
   * @param to after it; positive
   */
  public abstract Bracket discretisation(MmseCurve curve, double from, double to);

  /** The relative entropy that a step adds per unit of E‖D_θ - D‖² at its beginning. */
  public abstract double weight(double from, double to);

  /**
   * A bound, of either sign, of what the two errors of a step add or cancel together.
   *
   * @param error E‖D_θ - D‖² at the beginning of the step
   */
  public abstract double interaction(MmseCurve curve, double from, double to, double error);

  /** The standard deviation of the start, in variables with signal scale 1, when nobody says otherwise. */
  abstract double startingScale(double sigma);

  /** The step on the clock of Ornstein and Uhlenbeck, ½ ln((1 + s²)/(1 + t²)). */
  private static double duration(double from, double to) {
    return 0.5 * StrictMath.log1p((from - to) * (from + to) / (1 + to * to));
  }

  /**
   * Levels that cost the least: a step of Δ costs ½cΔ² to leading order, so that N steps cost least, ½(∫√c)²/N, where each step has the same share of ∫√c (Cauchy–Schwarz). The integral is tabulated at {@value #TABLE}
   * levels to the decade.
   *
   * @param sigmaMin the smallest level that will be asked for; positive
   * @param sigmaMax the largest
   */
  public Spacing spacing(MmseCurve curve, double sigmaMin, double sigmaMax) {
    Check.positive("sigmaMin", sigmaMin);
    double decades = StrictMath.log10(Check.positive("sigmaMax", sigmaMax) / sigmaMin);
    int pieces = Math.max(2, (int) Math.ceil(TABLE * decades));
    double[] sigmas = new double[pieces + 1];
    double[] reached = new double[pieces + 1];
    for (int i = 0; i <= pieces; i++) {
      sigmas[i] = i == pieces ? sigmaMin : sigmaMax * StrictMath.pow(10, -decades * i / pieces);
      reached[i] =
          i == 0
              ? 0
              : reached[i - 1]
                  + Math.sqrt(discretisation(curve, sigmas[i - 1], sigmas[i]).value())
                  + 1e-9 / TABLE; // rises even where nothing is lost
    }
    return new EqualError(sigmas, reached);
  }
}
