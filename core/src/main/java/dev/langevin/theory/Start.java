package dev.langevin.theory;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.OptionalDouble;

/**
 * Where chains begin, and how far that is from the target. All that is needed of the point x₀ is the length of the potential's gradient there, 0 at
 * the mode.
 *
 * @param shape a point, or a normal law about it
 * @param gradientNorm |∇V(x₀)|
 */
public record Start(Shape shape, double gradientNorm) {
  /** What is started from. */
  public enum Shape {
    /** x₀ itself. */
    POINT,
    /** N(x₀, I/M), M the smoothness: x₀ + M<sup>-½</sup> ξ. */
    NORMAL
  }

  public Start {
    Check.notNegative("gradientNorm", gradientNorm);
  }

  /** The mode of the density. */
  public static Start mode() {
    return new Start(Shape.POINT, 0);
  }

  /**
   * The point x₀. One gradient evaluation.
   *
   * @throws IllegalArgumentException if the gradient is not finite there
   */
  public static Start at(Density density, double[] x) {
    return new Start(Shape.POINT, gradientNorm(density, x));
  }

  /** The normal law N(x₀, I/M). One gradient evaluation. */
  public static Start around(Density density, double[] x) {
    return new Start(Shape.NORMAL, gradientNorm(density, x));
  }

  private static double gradientNorm(Density density, double[] x) {
    Check.allFinite("x", Check.length("x", x, density.dimension()));
    double[] gradient = new double[x.length];
    density.logDensity(x, gradient);
    return norm(Check.allFinite("gradient at x", gradient));
  }

  static double norm(double[] v) {
    double square = 0;
    for (double entry : v) {
      square += entry * entry;
    }
    return Math.sqrt(square);
  }

  /** The assumption that a guarantee makes of the chain's beginning. */
  String assumption() {
    String point = "x_0, where |∇V(x_0)| = " + Wording.number(gradientNorm);
    return "the chain begins at "
        + (shape == Shape.POINT
            ? "the point " + point
            : "a draw from N(x_0, I/M) about the point " + point);
  }

  /**
   * A bound of W2(start, target) under strong convexity. For s² = E|X - x₀|², X from the target: m s² ≤ E⟨∇V(X) - ∇V(x₀), X - x₀⟩ ≤ d + |∇V(x₀)| s, so
   * that s ≤ (g + √(g² + 4md))/(2m), which is √(d/m) from the mode; a normal start, coupled independently, adds d/M to the square.
   */
  double distance(int d, double convexity, double smoothness) {
    double root = Math.sqrt(gradientNorm * gradientNorm + 4 * convexity * d);
    double s = (gradientNorm + root) / (2 * convexity);
    return shape == Shape.POINT ? s : Math.sqrt(s * s + d / smoothness);
  }

  /**
   * A bound of KL(N(y, s²I) ‖ target), g = |∇V(y)|: the smaller of what is available of
   *
   * <pre>
   *   (d/2)(M s² - 1 - ln(m s²)) + g²/(2m)                                under strong convexity
   *   [(g + M s√d)² + 2dM + d/s²]/(2α)                                    under a log-Sobolev inequality (2dM only where V need not be convex)
   * </pre>
   *
   * <p>The first: E V ≤ V(y) + Mds²/2, and the normalising constant is at most e<sup>-V(y)</sup> (2π/m)<sup>d/2</sup> e<sup>g²/(2m)</sup>; with s² = 1/M
   * from the mode it is (d/2) ln κ. The second: KL ≤ J/(2α) with J = E|∇V|² - 2 E ΔV + d/s² (Stein), |∇V| ≤ g + M|x - y|, |ΔV| ≤ dM.
   */
  static double relativeEntropy(
      int d,
      OptionalDouble convexity,
      double logSobolev,
      double smoothness,
      double variance,
      double g) {
    double slope = g + smoothness * Math.sqrt(variance * d);
    double laplacian = convexity.isPresent() ? 0 : 2 * d * smoothness;
    double fisher = (slope * slope + laplacian + d / variance) / (2 * logSobolev);
    if (convexity.isEmpty()) {
      return fisher;
    }
    double m = convexity.getAsDouble();
    double excess = smoothness * variance - 1 - StrictMath.log(m * variance);
    return Math.min(fisher, 0.5 * d * excess + g * g / (2 * m));
  }
}
