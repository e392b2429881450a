package dev.langevin.theory;

import dev.langevin.math.Check;
import java.util.Optional;

/**
 * Step sizes for the unadjusted Langevin algorithm that need no accuracy to be named beforehand: stop whenever the bound is good enough. In the bound of
 * one step under strong convexity (proved at the constant-step theorem; Dalalyan &amp; Karagulyan 2019 have 1.65 and another schedule, theorem 2),
 *
 * <pre>
 *   w_{k+1} = (1 - m h) w_k + c h^{3/2},   c = (2√2/3) M √d
 * </pre>
 *
 * <p>each step takes the h that makes it least, h = (2 m w_k/(3c))², or 2/(m + M) while that is larger. Then w_{k+1} = w_k (1 - mh/3), and w_k falls like
 * √(27c²/(8m³k)): k is of order 1/ε² where a constant step needs ln(1/ε)/ε².
 *
 * <p>Holds the state of one sequence; one thread.
 */
public final class DecreasingSteps {
  private final double m;
  private final double c;
  private final double largest;
  private double bound;

  /**
   * A sequence at its beginning.
   *
   * @param curvature with m and M
   * @param start where the chain begins
   * @throws IllegalArgumentException if m or M is missing
   */
  public DecreasingSteps(Curvature curvature, Start start) {
    this.m = value("convexity", curvature.convexity());
    double big = Math.max(m, value("smoothness", curvature.smoothness()));
    this.c = WassersteinBound.DISPLACEMENT * big * Math.sqrt(curvature.dimension());
    this.largest = 2 / (m + big);
    this.bound = start.distance(curvature.dimension(), m, big);
  }

  private static double value(String name, Optional<Constant> constant) {
    return constant
        .map(Constant::value)
        .orElseThrow(
            () -> new IllegalArgumentException("curvature must have its " + name + ", got none"));
  }

  /** The step size to take now; moves on to the law after it. */
  public double next() {
    double root = 2 * m * bound / (3 * c);
    double h = Math.min(largest, root * root);
    bound = (1 - m * h) * bound + c * h * Math.sqrt(h);
    return h;
  }

  /** A bound of W2(chain, target) after the steps that were taken, in the units of the target. */
  public double bound() {
    return bound;
  }

  /**
   * How many more steps it takes from here, at most this many.
   *
   * @param accuracy of W2, positive
   * @param limit where to stop counting
   * @return the number of steps, or {@code limit} if it is not reached; the sequence has moved on by as many
   */
  public long advance(double accuracy, long limit) {
    Check.positive("accuracy", accuracy);
    long steps = 0;
    while (bound > accuracy && steps < limit) {
      next();
      steps++;
    }
    return steps;
  }
}
