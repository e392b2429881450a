package dev.langevin.theory;

import dev.langevin.math.Check;

/**
 * Rényi's divergence of the unadjusted Langevin algorithm where its own stationary law ν_h satisfies Poincaré's inequality Var(g) ≤ E|∇g|²/β (Vempala
 * &amp; Wibisono 2019, theorem 6): for q &gt; 1, ∇V L-Lipschitz, 0 &lt; h ≤ min(1/(3L), 1/(9β)) and k ≥ k₀ = (2q/(βh)) (R_2q(μ₀‖ν_h) - 1),
 *
 * <pre>
 *   R_q(μ_k‖ν) ≤ ((q - ½)/(q - 1)) e<sup>-βh(k - k₀)/(2q)</sup> + R_{2q-1}(ν_h‖ν)
 * </pre>
 *
 * <p>It speaks of a law ν_h that nobody knows except on normal targets: β and the last term must be given. So it enters no plan; it says in which way
 * the error falls, and is tested where all of it is known.
 *
 * @param order q, above 1
 * @param poincare β of the algorithm's own stationary law, positive
 * @param smoothness L, positive
 * @param stepSize h, within the theorem's range
 * @param initial R_2q(μ₀‖ν_h) in nats, zero or positive
 * @param bias R_{2q-1}(ν_h‖ν) in nats, zero or positive
 */
public record RenyiBound(
    double order,
    double poincare,
    double smoothness,
    double stepSize,
    double initial,
    double bias) {
  public RenyiBound {
    Check.inside("order", order, 1, Double.POSITIVE_INFINITY);
    Check.positive("poincare", poincare);
    Check.positive("smoothness", smoothness);
    Check.positive("stepSize", stepSize);
    double largest = Math.min(1 / (3 * smoothness), 1 / (9 * poincare));
    if (stepSize > largest) {
      throw new IllegalArgumentException(
          "stepSize must be at most min(1/(3L), 1/(9β)) = " + largest + ", got " + stepSize);
    }
    Check.notNegative("initial", initial);
    Check.notNegative("bias", bias);
  }

  /** k₀, from which on the bound speaks; zero or positive. */
  public double begins() {
    return Math.max(0, 2 * order / (poincare * stepSize) * (initial - 1));
  }

  /**
   * The bound of R_q(μ_k‖ν).
   *
   * @param steps k, at least {@link #begins}; below it the bound is infinite
   */
  public double at(double steps) {
    Check.notNegative("steps", steps);
    if (steps < begins()) {
      return Double.POSITIVE_INFINITY;
    }
    double exponent = -poincare * stepSize * (steps - begins()) / (2 * order);
    return (order - 0.5) / (order - 1) * StrictMath.exp(exponent) + bias;
  }
}
