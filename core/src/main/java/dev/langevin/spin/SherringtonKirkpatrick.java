package dev.langevin.spin;

import dev.langevin.math.Check;
import dev.langevin.random.Seed;

/**
 * The model of Sherrington &amp; Kirkpatrick (1975): p(x) ∝ exp((β/2) xᵀAx + hᵀx), A ~ GOE(n), symmetric with N(0, 1/n) off the diagonal
 * and N(0, 2/n) on it. Replica symmetric for β &lt; 1 without a field, where log Z ≈ n (log 2 + β²/4).
 *
 * @param spins n, at least 1
 * @param beta β, positive
 */
public record SherringtonKirkpatrick(int spins, double beta) {
  public SherringtonKirkpatrick {
    Check.atLeast("spins", spins, 1);
    Check.positive("beta", beta);
  }

  /** An instance without a field. Takes O(n²) time, and 8n² bytes that stay. */
  public SpinGlass draw(Seed seed) {
    double[] a = Goe.draw(spins, seed.child("couplings"));
    return SpinGlass.of(a, new double[spins], beta, Ensemble.SHERRINGTON_KIRKPATRICK);
  }
}
