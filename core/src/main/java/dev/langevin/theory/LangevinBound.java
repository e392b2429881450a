package dev.langevin.theory;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A theorem on the unadjusted Langevin algorithm x' = x - h∇V(x) + √(2h) ξ with its constants filled in: after k steps the law of the chain's last
 * point is no farther from the target than ρ(h)<sup>k</sup> · start + bias(h), in the theorem's own sense of distance.
 */
public sealed interface LangevinBound permits WassersteinBound, EntropyBound {
  /** What is proved and by whom, one line. */
  String theorem();

  /** What it takes for granted, one line each. */
  List<String> assumptions();

  /** The constants that enter, by name. */
  List<String> constants();

  /** The largest step size of which the theorem speaks. */
  double largestStep();

  /** ln ρ(h), negative. */
  double logContraction(double stepSize);

  /** The distance at the start, as it enters the bound. */
  double initial(double stepSize);

  /** What is left after infinitely many steps; grows with h, 0 at 0. */
  double bias(double stepSize);

  /** The number of steps from which on the theorem speaks: 0 or 1. */
  int leastSteps();

  /** How close it must come in its own sense to keep this promise; empty if it does not speak of such promises. */
  OptionalDouble required(Divergence measure, double accuracy);

  /** What a distance in its own sense implies in another: the inverse of {@link #required}. */
  double implied(Divergence measure, double own);

  /**
   * The bound itself.
   *
   * @param stepSize h, at most {@link #largestStep}
   * @param steps k; infinite below {@link #leastSteps}
   */
  default double at(double stepSize, double steps) {
    return steps < leastSteps()
        ? Double.POSITIVE_INFINITY
        : remainder(stepSize, steps) + bias(stepSize);
  }

  /** The part of the bound that still remembers the start: ρ(h)^k · start. */
  default double remainder(double stepSize, double steps) {
    double exponent = steps == 0 ? 0 : steps * logContraction(stepSize); // which may be -∞
    return initial(stepSize) * StrictMath.exp(exponent);
  }
}
