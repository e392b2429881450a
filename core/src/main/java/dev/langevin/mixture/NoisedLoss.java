package dev.langevin.mixture;

import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * The DDPM objective of a mixture's own score at one time of the Ornstein–Uhlenbeck process, E‖s(e^{-t}x₀ + bz) + z/b‖² with b² = 1 - e^{-2t} (Shah, Chen
 * &amp; Klivans 2023, eq. 2; Ho, Jain &amp; Abbeel 2020, in the score's units), and its gradient in the means.
 *
 * <p>For a pair the gradient in μ has two limits (Shah et al., sections 3 and 4; the constants are those of a covariance I and M = E[x₀x₀ᵀ]):
 *
 * <pre>
 *   large noise   -∇ → 4a⁴ [(M - I)μ - ‖μ‖²μ]                     the power method on M - I, its length held
 *   small noise   -∇ ≈ 2a (E[tanh(aμᵀx_t) x_t] - aμ)              a step of EM, as soon as the modes are apart
 * </pre>
 *
 * <p>The first is the gradient of -a⁴‖μμᵀ - (M - I)‖²: expand E[‖ν‖²(1 + sech²u) - 2u tanh u], u = ⟨ν, x_t⟩ and ν = aμ, which is the loss up to a constant (by parts), to
 * fourth order in ν. The second is the same expression where sech²u is negligible.
 *
 * <p>Each row's noise z is taken with both signs, which takes out of the gradient what is odd in z. Noise has an address (seed, row).
 *
 * @param time t, positive
 * @param pairs pairs ±z per row, at least 1
 */
public record NoisedLoss(double time, int pairs) {
  public NoisedLoss {
    Check.positive("time", time);
    Check.atLeast("pairs", pairs, 1);
  }

  /**
   * Writes the gradient of the mean loss over the rows and returns the loss. O(n · pairs · K · d).
   *
   * @param rows clean points, {@code n × d}
   * @param gradient as long as the parameters, overwritten
   */
  public double gradient(
      MixtureStudent student, double[] parameters, double[] rows, Seed seed, double[] gradient) {
    int d = student.dimension();
    int n = rows.length / d;
    Check.length("rows", rows, Check.atLeast("rows", n, 1) * d);
    Level level = Level.at(time);
    student.place(parameters, level.a());
    Arrays.fill(gradient, 0, student.size(), 0.0);
    AddressedRandom random = seed.random();
    double[] z = new double[d];
    double[] x = new double[d];
    double share = 1.0 / n / pairs / 2;
    double loss = 0;
    for (int r = 0; r < n; r++) {
      random.moveTo(seed.child(r));
      for (int k = 0; k < 2 * pairs; k++) {
        turn(k, z, random);
        for (int i = 0; i < d; i++) {
          x[i] = level.a() * rows[r * d + i] + level.b() * z[i];
        }
        loss += share * student.addGradient(x, z, level, share, gradient);
      }
    }
    return loss;
  }

  /** A fresh z for even k, and the same with the other sign for odd ones. */
  private static void turn(int k, double[] z, AddressedRandom random) {
    if (k % 2 == 0) {
      random.fillGaussian(z, 0, z.length);
      return;
    }
    for (int i = 0; i < z.length; i++) {
      z[i] = -z[i];
    }
  }
}
