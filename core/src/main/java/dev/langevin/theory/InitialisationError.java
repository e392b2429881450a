package dev.langevin.theory;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.math.Check;

/**
 * What a reverse process loses by starting from a normal law in place of the noised data's, bounded from the second moment m = E‖x₀‖² of
 * the data alone. The noised law is a mixture, over x₀, of N(a x₀, b²I); the relative entropy is convex in it, so that it is at most the
 * mean over x₀ of
 *
 * <pre>
 *   KL(N(a x₀, b²I) ‖ N(0, c²I)) = ½ [a²‖x₀‖²/c² + d (b²/c² - 1 - ln(b²/c²))]
 * </pre>
 *
 * <p>The reverse process with the exact score carries the two laws along without moving them apart (data processing), so this is also a bound
 * for what comes out: the first of the three terms of Chen, Chewi, Li, Li, Salim &amp; Zhang (2023), theorem 1, with its constant.
 *
 * @param kl an upper bound of KL(noised data ‖ start), in nats; zero or positive
 */
public record InitialisationError(double kl) {
  public InitialisationError {
    Check.notNegative("kl", kl);
  }

  /**
   * Of the Ornstein–Uhlenbeck process stopped at T and started from N(0, I): ½ [e<sup>-2T</sup>(m - d) - d ln(1 - e<sup>-2T</sup>)].
   *
   * @param secondMoment m = E‖x₀‖², of all coordinates together and about the origin
   * @param dimension d
   * @param horizon T, positive
   */
  public static InitialisationError ornsteinUhlenbeck(
      double secondMoment, int dimension, double horizon) {
    Check.notNegative("secondMoment", secondMoment);
    Check.atLeast("dimension", dimension, 1);
    Check.positive("horizon", horizon);
    double q = StrictMath.exp(-2 * horizon); // a² = q, b² = 1 - q
    return new InitialisationError(0.5 * (q * secondMoment + dimension * excess(q, horizon)));
  }

  /**
   * Of noise added up to the level σ and started from N(0, σ²I): m/(2σ²).
   *
   * @param secondMoment m = E‖x₀‖², of all coordinates together and about the origin
   * @param sigma the first noise level, positive
   */
  public static InitialisationError varianceExploding(double secondMoment, double sigma) {
    Check.notNegative("secondMoment", secondMoment);
    Check.positive("sigma", sigma);
    return new InitialisationError(0.5 * secondMoment / sigma / sigma);
  }

  /**
   * Of any process stopped at a time and started from N(0, c²I): ½ [a²m/c² + d (b²/c² - 1 - ln(b²/c²))].
   *
   * @param noising gives a and b
   * @param time where the reverse process begins, positive
   * @param startingScale c, positive
   * @param secondMoment m = E‖x₀‖², of all coordinates together and about the origin
   * @param dimension d
   */
  public static InitialisationError of(
      Noising noising, double time, double startingScale, double secondMoment, int dimension) {
    Check.positive("time", time);
    Check.positive("startingScale", startingScale);
    Check.notNegative("secondMoment", secondMoment);
    Check.atLeast("dimension", dimension, 1);
    double a = noising.signal(time) / startingScale;
    double b = noising.noise(time) / startingScale;
    double gap = LogGap.of((b - 1) * (b + 1));
    return new InitialisationError(0.5 * (a * a * secondMoment + dimension * gap));
  }

  /** A bound of the total variation distance, in [0, 1]: {@link Inequalities#totalVariation}. */
  public double totalVariation() {
    return Inequalities.totalVariation(kl);
  }

  /**
   * The noise level σ_max at which {@link #ornsteinUhlenbeck} promises this total variation distance, within 1 in 10<sup>12</sup>; the horizon
   * is its time, ½ ln(1 + σ²).
   *
   * @param totalVariation strictly between 0 and 1
   */
  public static double sigmaFor(double totalVariation, double secondMoment, int dimension) {
    Check.inside("totalVariation", totalVariation, 0, 1);
    OrnsteinUhlenbeck process = new OrnsteinUhlenbeck();
    double low = -350; // of ln σ
    double high = 350;
    while (high - low > 1e-12) {
      double middle = 0.5 * (low + high);
      double horizon = process.time(StrictMath.exp(middle));
      double reached = ornsteinUhlenbeck(secondMoment, dimension, horizon).totalVariation();
      if (reached <= totalVariation) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return StrictMath.exp(high);
  }

  /** b² - 1 - ln b² = -q - ln(1 - q), without loss at small q (series) or small T. */
  private static double excess(double q, double horizon) {
    return q < 1e-4
        ? q * q * (0.5 + q * (1.0 / 3 + q * (0.25 + q * 0.2)))
        : -q - StrictMath.log(-StrictMath.expm1(-2 * horizon));
  }
}
