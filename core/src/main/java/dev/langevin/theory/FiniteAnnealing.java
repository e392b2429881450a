package dev.langevin.theory;

import dev.langevin.math.Check;

/**
 * Optimisation by sampling on a finite set: how cold p_β ∝ e<sup>-βf</sup> must be to sit at the minimum. Of n states those above f_min + gap weigh at
 * most e<sup>-β gap</sup> of the best one each, so all of them together have a probability of at most (n - 1)e<sup>-β gap</sup>: at most δ for
 *
 * <pre>
 *   β ≥ (ln(n - 1) + ln(1/δ))/gap
 * </pre>
 *
 * <p>With gap = ε f_min (f_min &gt; 0) this is the mass outside {f ≤ (1 + ε) f_min}. It says nothing of how long a chain takes to get there.
 *
 * @param states n, at least 2
 * @param gap positive
 */
public record FiniteAnnealing(double states, double gap) {
  public FiniteAnnealing {
    if (!(Check.finite("states", states) >= 2)) {
      throw new IllegalArgumentException("states must be at least 2, got " + states);
    }
    Check.positive("gap", gap);
  }

  /**
   * For the states within the factor 1 + ε of a positive minimum.
   *
   * @param states n, at least 2
   * @param minimum f_min, or a lower bound of it; positive
   * @param epsilon ε, positive
   */
  public static FiniteAnnealing relative(double states, double minimum, double epsilon) {
    return new FiniteAnnealing(
        states, Check.positive("minimum", minimum) * Check.positive("epsilon", epsilon));
  }

  /** The β from which on at most {@code missed} of the mass lies above f_min + gap; zero or positive. */
  public double inverseTemperature(double missed) {
    Check.inside("missed", missed, 0, 1);
    return Math.max(0, (StrictMath.log(states - 1) - StrictMath.log(missed)) / gap);
  }

  /** A bound of the mass above f_min + gap at this β, in [0, 1]. */
  public double missed(double inverseTemperature) {
    double exponent = -Check.notNegative("inverseTemperature", inverseTemperature) * gap;
    return Math.min(1, (states - 1) * StrictMath.exp(exponent));
  }
}
