package dev.langevin.theory;

import dev.langevin.math.Check;

/** The inequalities that carry a bound from one sense of closeness to another. */
public final class Inequalities {
  private Inequalities() {}

  /**
   * The total variation distance of laws with this relative entropy is at most the smaller of √(KL/2) (Pinsker) and √(1 - e<sup>-KL</sup>)
   * (Bretagnolle &amp; Huber 1979); in [0, 1].
   *
   * @param kl in nats, zero or positive; may be infinite
   */
  public static double totalVariation(double kl) {
    return Math.min(Math.sqrt(0.5 * kl), Math.sqrt(-StrictMath.expm1(-kl)));
  }

  /**
   * The relative entropy that is small enough for this total variation, the inverse of {@link #totalVariation}: max(2ε², -ln(1 - ε²)).
   *
   * @param totalVariation ε, strictly between 0 and 1
   */
  public static double entropyFor(double totalVariation) {
    double square = Check.inside("totalVariation", totalVariation, 0, 1) * totalVariation;
    return Math.max(2 * square, -StrictMath.log1p(-square));
  }

  /**
   * W2(μ, ν) ≤ √(2 KL(μ‖ν)/α) where ν satisfies a log-Sobolev inequality with α (Talagrand 1996 for normal laws; Otto &amp; Villani 2000).
   *
   * @param kl KL(μ‖ν), zero or positive
   * @param logSobolev α, positive
   */
  public static double talagrand(double kl, double logSobolev) {
    return Math.sqrt(2 * kl / Check.positive("logSobolev", logSobolev));
  }

  /**
   * The log-Sobolev constant that survives a bounded change of the potential (Holley &amp; Stroock 1987): if ν ∝ e<sup>-V</sup> has α, then
   * e<sup>-V-ψ</sup> has α e<sup>-(sup ψ - inf ψ)</sup>. Because Ent(g²) is the infimum over t of ∫(g² ln(g²/t) - g² + t)dν with a
   * non-negative integrand: densities enter both sides of the inequality through their ratio's bounds alone.
   *
   * @param logSobolev α, positive
   * @param oscillation sup ψ - inf ψ, zero or positive
   */
  public static double holleyStroock(double logSobolev, double oscillation) {
    return Check.positive("logSobolev", logSobolev)
        * StrictMath.exp(-Check.notNegative("oscillation", oscillation));
  }
}
