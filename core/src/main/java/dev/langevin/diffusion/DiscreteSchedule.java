package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * DDPM's chain x_i = √(1 - β_i) x_{i-1} + √β_i z (Ho, Jain &amp; Abbeel 2020) as a noising, for any list of β: at whole times a(i)² = ᾱ_i = Π_{j≤i} (1 - β_j) and
 * a² + b² = 1. {@link Betas} has the usual lists.
 *
 * <p><em>The clock.</em> t = 0 is the data and t = i the chain after i steps, i = 1 … T. So t = i + 1 is what diffusers, and networks trained there, call
 * timestep i, which at i = 0 has noise already. Between whole times ln σ is linear in t; below t = 1, where ln σ has no lower end, σ is. Above T the last
 * piece goes on, so that every σ has a time.
 *
 * <p>With ρ(t) = d ln σ/dt, constant on a piece (1/t on the first): drift f = -b² ρ and g² = 2 b² ρ. At a whole time they are those of the piece above it.
 *
 * <p>Immutable. Any value costs O(1), {@link #time} O(log T).
 */
public final class DiscreteSchedule implements Noising {
  private final double[] betas;
  private final double[] signal; // a at t = 0 … T
  private final double[] noise; // b
  private final double[] logSigma; // ln b/a; -∞ at 0

  /**
   * Of these variances.
   *
   * @param betas β_1 … β_T, each strictly between 0 and 1; copied
   */
  public DiscreteSchedule(double[] betas) {
    int steps = Check.atLeast("number of betas", betas.length, 1);
    this.betas = betas.clone();
    signal = new double[steps + 1];
    noise = new double[steps + 1];
    logSigma = new double[steps + 1];
    double alphaBar = 1;
    double variance = 0; // b², by its own recursion: 1 - ᾱ would cancel
    signal[0] = 1;
    logSigma[0] = Double.NEGATIVE_INFINITY;
    for (int i = 1; i <= steps; i++) {
      double beta = Check.inside("betas[" + (i - 1) + "]", betas[i - 1], 0, 1);
      alphaBar *= 1 - beta;
      variance = beta + (1 - beta) * variance;
      Check.positive("product of 1 - betas", alphaBar);
      signal[i] = Math.sqrt(alphaBar);
      noise[i] = Math.sqrt(variance);
      logSigma[i] = 0.5 * (StrictMath.log(variance) - StrictMath.log(alphaBar));
    }
  }

  /** Ho, Jain &amp; Abbeel's: 1000 steps, β from 10⁻⁴ to 0.02 in equal steps. */
  public static DiscreteSchedule linear() {
    return new DiscreteSchedule(Betas.linear(1000, 1e-4, 0.02));
  }

  /** T. */
  public int steps() {
    return betas.length;
  }

  /** β_1 … β_T, a copy. */
  public double[] betas() {
    return betas.clone();
  }

  /** ᾱ_i, i = 0 … T; diffusers' {@code alphas_cumprod[i - 1]}. */
  public double alphaBar(int i) {
    double a = signal[Check.between("i", i, 0, betas.length)];
    return a * a;
  }

  @Override
  public double signal(double t) {
    return isWhole(t) ? signal[(int) t] : 1 / StrictMath.hypot(1, sigma(t));
  }

  @Override
  public double noise(double t) {
    if (isWhole(t)) {
      return noise[(int) t];
    }
    double sigma = sigma(t);
    return sigma / StrictMath.hypot(1, sigma);
  }

  @Override
  public double sigma(double t) {
    if (isWhole(t)) {
      return noise[(int) t] / signal[(int) t];
    }
    if (t < 1 || betas.length == 1) {
      return t * noise[1] / signal[1];
    }
    int i = piece(t);
    return StrictMath.exp(logSigma[i] + (t - i) * (logSigma[i + 1] - logSigma[i]));
  }

  private boolean isWhole(double t) {
    Check.notNegative("t", t);
    return t <= betas.length && t == Math.rint(t);
  }

  /** i of the piece from i to i + 1, with the last for all that lies above. */
  private int piece(double t) {
    return (int) Math.min(t, betas.length - 1.0);
  }

  @Override
  public double drift(double t) {
    return -diffusion(t) / 2;
  }

  @Override
  public double diffusion(double t) {
    double b = noise(t);
    if (t == 0) {
      return 0;
    }
    if (t < 1 || betas.length == 1) {
      return 2 * b * b / t;
    }
    int i = piece(t);
    return 2 * b * b * (logSigma[i + 1] - logSigma[i]);
  }

  @Override
  public double time(double sigma) {
    Check.notNegative("sigma", sigma);
    double unit = noise[1] / signal[1];
    if (sigma <= unit || betas.length == 1) {
      return sigma / unit;
    }
    double level = StrictMath.log(sigma);
    int at = Arrays.binarySearch(logSigma, level);
    int i = Math.min(at >= 0 ? at : -at - 2, betas.length - 1);
    return i + (level - logSigma[i]) / (logSigma[i + 1] - logSigma[i]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DiscreteSchedule that && Arrays.equals(betas, that.betas);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(betas);
  }

  @Override
  public String toString() {
    return "DiscreteSchedule[%d steps, beta %s … %s]"
        .formatted(betas.length, betas[0], betas[betas.length - 1]);
  }
}
