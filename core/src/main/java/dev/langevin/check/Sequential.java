package dev.langevin.check;

/**
 * A test repeated at most three times so that its false-alarm rate is tiny while each round stays cheap (Gandy &amp; Scott 2020, algorithm
 * 3): with β = α/3 and γ = β^(1/3), a round's p-value q fails at once if q ≤ β, passes if q &gt; γ + β; else β becomes β/γ and fresh
 * numbers, twice as many, decide. Fails with probability at most α if the p-values are right.
 */
final class Sequential {
  private static final int ROUNDS = 3;

  interface Round {
    /** The p-value of a round, counted from 0, on fresh random numbers; the later ones on twice as many. */
    double pValue(int round);
  }

  private Sequential() {}

  /** γ, the largest p-value that can fail: in the last round. */
  static double lastLevel(double alpha) {
    return StrictMath.pow(alpha / ROUNDS, 1.0 / ROUNDS);
  }

  /** Whether the test fails at false-alarm rate {@code alpha}. */
  static boolean fails(double alpha, Round test) {
    double beta = alpha / ROUNDS;
    double gamma = lastLevel(alpha);
    for (int round = 0; round < ROUNDS; round++) {
      double q = test.pValue(round);
      if (q <= beta) {
        return true;
      }
      if (q > gamma + beta) {
        return false;
      }
      beta /= gamma;
    }
    return false;
  }
}
