package dev.langevin.spin;

import dev.langevin.math.Check;

/**
 * What AMP does for n → ∞, in one number. Its field at a spin is γθ_i + √γ G, where θ is the planted vector (in Sherrington–Kirkpatrick at β &lt; 1
 * along localisation: the sample that is being approached, by contiguity) and
 *
 * <pre>
 *   γ' = β² E tanh²(γ + √γ G) + t,   G ~ N(0, 1)
 * </pre>
 *
 * <p>t is the time of localisation, whose observation y = tθ + √t g adds its own. Of Deshpande, Abbe &amp; Montanari (2017), theorem 1.2 and eq.
 * (9) for t = 0; El Alaoui, Montanari &amp; Sellke (2022), section 4 with t. E tanh² = E tanh here (the Nishimori identity), so that q = E tanh² is at
 * once the mean's overlap ⟨m, θ⟩/n, its squared length ‖m‖²/n, and the overlap with θ of a sample of the posterior.
 *
 * @param beta β, positive
 */
public record StateEvolution(double beta) {
  private static final int MAX_ITERATIONS = 100_000;
  private static final double STEP =
      0.04; // of G; the trapezoidal rule is exact to 1e-15 for gamma < 100
  private static final double RANGE = 9; // the normal density is below 1e-18 beyond

  public StateEvolution {
    Check.positive("beta", beta);
  }

  /**
   * One iteration, γ ↦ γ'.
   *
   * @param gamma γ, zero or positive
   * @param time t, zero or positive
   */
  public double next(double gamma, double time) {
    return beta * beta * meanSquare(gamma) + time;
  }

  /**
   * The largest fixed point γ, which is what AMP reaches from an informed start: 0 at t = 0 and β ≤ 1.
   *
   * @param time t, zero or positive
   */
  public double fixedPoint(double time) {
    Check.notNegative("time", time);
    if (time == 0 && beta <= 1) {
      return 0; // E tanh² < γ
    }
    double gamma = beta * beta + time; // above every fixed point; the map increases
    for (int i = 0; i < MAX_ITERATIONS; i++) {
      double following = next(gamma, time);
      if (gamma - following <= 1e-14 * gamma) {
        return following;
      }
      gamma = following;
    }
    return gamma;
  }

  /**
   * q = E tanh²(γ + √γ G) at the fixed point, between 0 and 1: the overlap of a sample (and of the mean) with the planted vector.
   *
   * @param time t, zero or positive; 0 for the posterior itself
   */
  public double overlap(double time) {
    return meanSquare(fixedPoint(time));
  }

  /** E tanh²(γ + √γ G) by the trapezoidal rule, which converges geometrically for an analytic integrand with normal tails. */
  static double meanSquare(double gamma) {
    Check.notNegative("gamma", gamma);
    double root = Math.sqrt(gamma);
    int half = (int) Math.rint(RANGE / STEP);
    double sum = 0;
    double mass = 0;
    for (int k = -half; k <= half; k++) {
      double g = k * STEP;
      double weight = StrictMath.exp(-0.5 * g * g);
      double tanh = StrictMath.tanh(gamma + root * g);
      sum += weight * (tanh * tanh);
      mass += weight;
    }
    return sum / mass;
  }
}
