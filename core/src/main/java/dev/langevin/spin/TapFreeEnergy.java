package dev.langevin.spin;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.math.Check;

/**
 * The free energy of Thouless, Anderson &amp; Palmer (1977) of a tilted spin glass, for m in [-1, 1]^n (El Alaoui, Montanari &amp; Sellke 2022, eq. 3.2):
 *
 * <pre>
 *   F(m) = -(β/2) mᵀAm - ⟨h + y, m⟩ - Σ_i H(m_i) - (nβ²/4) (1 - ‖m‖²/n)²
 *   ∇F(m) = -βA m - h - y + atanh(m) + β² (1 - ‖m‖²/n) m
 * </pre>
 *
 * <p>with the entropy H(m) = -((1+m)/2) log((1+m)/2) - ((1-m)/2) log((1-m)/2) in nats. The products leave the diagonal of A out, and -½ β Σ A_ii is
 * added instead, so that -F at the minimum is an estimate of log Z of the tilted model, with an error of O(1) for n → ∞ at β &lt; 1. O(n²).
 * Owns scratch: one per thread.
 */
public final class TapFreeEnergy {
  private final BinaryPairwise model;
  private final double betaSquared;
  private final int n;
  private final double[] product;

  /** The free energy of this model; the tilt is an argument. */
  public TapFreeEnergy(SpinGlass glass) {
    model = glass.model();
    betaSquared = glass.beta() * glass.beta();
    n = glass.spins();
    product = new double[n];
  }

  /**
   * F(m).
   *
   * @param y the tilt, length n
   * @param m length n, every entry between -1 and 1
   */
  public double value(double[] y, double[] m) {
    Check.length("y", y, n);
    model.multiply(Check.length("m", m, n), 1, product);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += m[i] * (0.5 * product[i] + model.field(i) + y[i]) + entropy(m[i]);
    }
    double spread = 1 - Spins.meanSquare(m, 0, n);
    return -sum - model.diagonal() - 0.25 * n * betaSquared * spread * spread;
  }

  /**
   * Writes ∇F(m).
   *
   * @param y the tilt, length n
   * @param m length n, every entry strictly between -1 and 1
   * @param gradient length n, overwritten
   */
  public void gradient(double[] y, double[] m, double[] gradient) {
    Check.length("y", y, n);
    model.multiply(Check.length("m", m, n), 1, product);
    double onsager = betaSquared * (1 - Spins.meanSquare(m, 0, n));
    for (int i = 0; i < n; i++) {
      double atanh = 0.5 * (StrictMath.log1p(m[i]) - StrictMath.log1p(-m[i]));
      gradient[i] = atanh - product[i] - model.field(i) - y[i] + onsager * m[i];
    }
  }

  private static double entropy(double m) {
    return share(0.5 * (1 + m)) + share(0.5 * (1 - m));
  }

  private static double share(double p) {
    return p == 0 ? 0 : -p * StrictMath.log(p);
  }
}
