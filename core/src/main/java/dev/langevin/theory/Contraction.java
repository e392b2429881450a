package dev.langevin.theory;

import dev.langevin.math.Check;

/**
 * How fast Langevin's diffusion dX = -∇V dt + √2 dB itself, in continuous time and so without any bias, forgets its start. With α the constant of
 * the log-Sobolev inequality Ent(g²) ≤ (2/α) E|∇g|² (or of strong convexity, ∇²V ≥ αI, which implies it: Bakry &amp; Émery 1985):
 *
 * <pre>
 *   W2(μ_t, ν) ≤ e<sup>-αt</sup> W2(μ₀, ν)           under strong convexity: two copies with the same noise approach each other
 *   KL(μ_t‖ν)  ≤ e<sup>-2αt</sup> KL(μ₀‖ν)          d/dt KL = -J ≤ -2α KL, J = E|∇log(μ_t/ν)|²
 *   R_q(μ_t‖ν) ≤ e<sup>-2αt/q</sup> R_q(μ₀‖ν)       Vempala &amp; Wibisono 2019, theorem 2
 *   χ²(μ_t‖ν)  ≤ e<sup>-2αt</sup> χ²(μ₀‖ν)          under Poincaré's Var(g) ≤ E|∇g|²/α, which is weaker
 * </pre>
 *
 * @param rate α, positive
 */
public record Contraction(double rate) {
  public Contraction {
    Check.positive("rate", rate);
  }

  /** What W2 has shrunk by at time t at the latest: e<sup>-αt</sup>. */
  public double wasserstein(double time) {
    return StrictMath.exp(-rate * Check.notNegative("time", time));
  }

  /** What KL and χ² have shrunk by at time t: e<sup>-2αt</sup>. */
  public double relativeEntropy(double time) {
    return StrictMath.exp(-2 * rate * Check.notNegative("time", time));
  }

  /** What Rényi's divergence of order q has shrunk by at time t: e<sup>-2αt/q</sup>. */
  public double renyi(double order, double time) {
    Check.inside("order", order, 1, Double.POSITIVE_INFINITY);
    return StrictMath.exp(-2 * rate * Check.notNegative("time", time) / order);
  }
}
