package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.function.DoubleUnaryOperator;

/**
 * Lists of variances β_1 … β_T added per step of DDPM's chain, for {@link DiscreteSchedule}: x_i = √(1 - β_i) x_{i-1} + √β_i z. The names are those of
 * diffusers' {@code beta_schedule}.
 */
public final class Betas {
  /** The largest β of a list that is made from a signal function, against a singular end (Nichol &amp; Dhariwal 2021). */
  private static final double CAP = 0.999;

  private Betas() {}

  /** Equal steps of β (Ho, Jain &amp; Abbeel 2020: 1000 of them from 10⁻⁴ to 0.02). */
  public static double[] linear(int steps, double first, double last) {
    requireEnds(steps, first, last);
    return spaced(steps, first, last);
  }

  /** Equal steps of √β (Rombach et al. 2022: 0.00085 to 0.012). */
  public static double[] scaledLinear(int steps, double first, double last) {
    requireEnds(steps, first, last);
    double[] betas = spaced(steps, Math.sqrt(first), Math.sqrt(last));
    for (int i = 0; i < steps; i++) {
      betas[i] *= betas[i];
    }
    return betas;
  }

  /** β = β_1 + (β_T - β_1)/(1 + e^{-u}), u in equal steps from -6 to 6 (GeoDiff: Xu et al. 2022). */
  public static double[] sigmoid(int steps, double first, double last) {
    requireEnds(steps, first, last);
    double[] betas = spaced(steps, -6, 6);
    for (int i = 0; i < steps; i++) {
      betas[i] = first + (last - first) / (1 + StrictMath.exp(-betas[i]));
    }
    return betas;
  }

  /** ᾱ ∝ cos²(π/2 · (t + 0.008)/1.008), t = i/T, β at most 0.999 (Nichol &amp; Dhariwal 2021, eq. 17). */
  public static double[] squaredCosine(int steps) {
    return capped(
        steps,
        t -> {
          double cosine = StrictMath.cos((t + 0.008) / 1.008 * (Math.PI / 2));
          return cosine * cosine;
        });
  }

  /** ᾱ ∝ e^{-12t}, t = i/T: equal β = 1 - e^{-12/T}. */
  public static double[] exponential(int steps) {
    return capped(steps, t -> StrictMath.exp(-12 * t));
  }

  /**
   * ᾱ ∝ √(r/(1 + r)) with r = e^λ, λ = -½ sgn(½ - t) ln(1 - 2|½ - t| + 10⁻⁶), t = i/T: diffusers' {@code laplace}, after Hang &amp; Gu 2024. The last β is capped.
   */
  public static double[] laplace(int steps) {
    return capped(
        steps,
        t -> {
          double away = Math.abs(0.5 - t);
          double side = Math.copySign(1, 0.5 - t);
          double ratio = StrictMath.exp(-0.5 * side * StrictMath.log(1 - 2 * away + 1e-6));
          return Math.sqrt(ratio / (1 + ratio));
        });
  }

  /**
   * The list moved so that almost no signal is left at its end (Lin, Liu, Li &amp; Yang 2024, algorithm 1): s ← (s - s_T) s_1/(s_1 - s_T) with s = √ᾱ. The last ᾱ, which
   * would be 0 and without a finite noise level, is 2⁻²⁴, as in diffusers, but at most a quarter of the one before it. (For the usual list of 1000 that is 4·10⁻⁹: there
   * diffusers' noise levels fall at their end.)
   *
   * @param betas two or more, each strictly between 0 and 1
   */
  public static double[] zeroTerminalSnr(double[] betas) {
    DiscreteSchedule schedule = new DiscreteSchedule(betas);
    int steps = Check.atLeast("number of betas", betas.length, 2);
    double first = schedule.signal(1);
    double last = schedule.signal(steps);
    double[] moved = new double[steps];
    double before = 1;
    for (int i = 0; i < steps; i++) {
      double s = (schedule.signal(i + 1) - last) * first / (first - last);
      double square = i < steps - 1 ? s * s : Math.min(0x1p-24, before / 4);
      moved[i] = 1 - square / before;
      before = square;
    }
    return moved;
  }

  /** β_i = min(1 - f(i/T)/f((i-1)/T), 0.999). */
  private static double[] capped(int steps, DoubleUnaryOperator signal) {
    Check.atLeast("steps", steps, 1);
    double[] betas = new double[steps];
    for (int i = 0; i < steps; i++) {
      double before = signal.applyAsDouble((double) i / steps);
      double after = signal.applyAsDouble((i + 1.0) / steps);
      betas[i] = Math.min(1 - after / before, CAP);
    }
    return betas;
  }

  private static double[] spaced(int steps, double first, double last) {
    double[] values = new double[steps];
    for (int i = 0; i < steps; i++) {
      values[i] = steps == 1 ? first : first + i * ((last - first) / (steps - 1));
    }
    return values;
  }

  private static void requireEnds(int steps, double first, double last) {
    Check.atLeast("steps", steps, 1);
    Check.inside("first", first, 0, 1);
    Check.inside("last", last, 0, 1);
  }
}
