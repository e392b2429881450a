package dev.langevin.anneal;

import dev.langevin.adapt.RunningVariance;
import dev.langevin.math.Check;

/**
 * The rounds of a warm-up: the ladder is renewed after 7/8 of the iterations, after half of that, a quarter, … as long as a round has {@value #SHORTEST} of them;
 * the last eighth tunes the step sizes of the ladder that stays. A learned reference takes its moments when the last but one round begins, so that a ladder for it can
 * still be found, from the draws of the two rounds before.
 */
final class Rounds {
  static final Rounds NONE = new Rounds(0, Double.NaN, 1);
  private static final int SHORTEST = 8;

  private final int iterations;
  private final double target;
  private final RunningVariance variance;
  private int done;
  private double arrivals;

  Rounds(int iterations, double target, int dimension) {
    this.iterations = Check.atLeast("iterations", iterations, 0);
    this.target = target;
    this.variance = new RunningVariance(dimension);
  }

  /** Acceptance to steer to. */
  double target() {
    return target;
  }

  /** Sees the cold replica after an iteration. */
  void add(double[] x) {
    if (done == iterations) {
      throw new IllegalStateException("the warm-up of " + iterations + " iterations is over");
    }
    done++;
    variance.add(x);
  }

  /** Whether a round ends here. */
  boolean renews() {
    int end = 7 * iterations / 8;
    while (end > done && end / 2 >= SHORTEST) {
      end /= 2;
    }
    return end == done && done >= SHORTEST;
  }

  /** So many replicas came down from the hot end in the round that ends here. */
  void arrived(double replicas) {
    if (done <= half() / 4) {
      variance.restart();
    } else {
      arrivals += replicas;
    }
  }

  /** Whether the moments are to be taken here, and from enough of them. */
  boolean knowsTarget() {
    return done == half() && arrivals >= Reference.RESTARTS;
  }

  private int half() {
    return 7 * iterations / 8 / 2;
  }

  boolean finished() {
    return done == iterations;
  }

  /** The normal distribution with the moments of the draws. */
  Normal moments() {
    return Normal.of(variance.mean(), variance.regularised());
  }
}
