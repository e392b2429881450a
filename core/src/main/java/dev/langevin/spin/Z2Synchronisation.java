package dev.langevin.spin;

import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/**
 * Z2 synchronisation, the spiked Wigner model with signs (Deshpande, Abbe &amp; Montanari 2017): θ is uniform on {-1, 1}^n and
 *
 * <pre>
 *   A = (β/n) θθᵀ + W,   W ~ GOE(n)
 * </pre>
 *
 * <p>is observed. W has density ∝ exp(-(n/4) ‖W‖_F²) (1/n off the diagonal, each entry twice in the norm; 2/n on it), and ‖xxᵀ‖_F = n does not
 * depend on x, so the posterior of θ is ∝ exp(-(n/4) ‖A - (β/n) xxᵀ‖_F²) ∝ exp(+(β/2) xᵀAx): the same β and the plus sign. It is
 * symmetric under x → -x. For β &lt; 1 nobody can tell A from W, and the overlap with θ vanishes; for β &gt; 1 it is {@link
 * StateEvolution#overlap}.
 *
 * @param spins n, at least 1
 * @param beta β, the signal-to-noise ratio; positive
 */
public record Z2Synchronisation(int spins, double beta) {
  public Z2Synchronisation {
    Check.atLeast("spins", spins, 1);
    Check.positive("beta", beta);
  }

  /**
   * A posterior with the truth behind it.
   *
   * @param glass the posterior of θ given A
   * @param theta the planted vector, which no sampler sees
   */
  public record Planted(SpinGlass glass, double[] theta) {
    public Planted {
      Check.length("theta", theta, glass.spins());
      theta = theta.clone();
    }

    /**
     * ⟨x, θ⟩/n, with the sign of x relative to θ, which the data do not determine.
     *
     * @param x an array with n numbers from {@code at} on: a configuration or a mean
     */
    public double overlap(double[] x, int at) {
      double sum = 0;
      for (int i = 0; i < theta.length; i++) {
        sum += x[at + i] * theta[i];
      }
      return sum / theta.length;
    }
  }

  /** An instance. Takes O(n²) time, and 8n² bytes that stay. */
  public Planted draw(Seed seed) {
    double[] theta = new double[spins];
    AddressedRandom random = seed.child("planted").random();
    for (int i = 0; i < spins; i++) {
      theta[i] = random.nextBoolean() ? 1 : -1;
    }
    double[] a = Goe.draw(spins, seed.child("couplings"));
    for (int i = 0; i < spins; i++) {
      for (int j = 0; j < spins; j++) {
        a[i * spins + j] += beta / spins * (theta[i] * theta[j]);
      }
    }
    return new Planted(
        SpinGlass.of(a, new double[spins], beta, Ensemble.Z2_SYNCHRONISATION), theta);
  }
}
