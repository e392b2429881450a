package dev.langevin.theory;

import dev.langevin.math.Spread;

/** A mean between limits, of numbers that are not negative and come one at a time. */
final class RunningMean {
  /** How many standard errors the limits are away: all but 1 in 370 lie inside where the mean is normal. */
  static final double WIDTH = 3;

  private final Spread numbers = new Spread();

  void add(double value) {
    numbers.add(value);
  }

  /** The mean between its limits, the lower one not below 0. */
  Bracket bracket() {
    double half = WIDTH * numbers.standardError();
    double mean = numbers.mean();
    return new Bracket(mean, Math.max(0, mean - half), mean + half);
  }
}
