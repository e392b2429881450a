package dev.langevin.solver;

import dev.langevin.math.Check;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The ladder of annealed Langevin by the rules of Song &amp; Ermon 2020 (NCSNv2): the top level from the data (technique 1), the ratio of levels from the
 * dimension (technique 2), the step size from both (technique 4). For CIFAR-10, d = 3072, levels 50 to 0.01 and T = 5 they give γ = 1.04, some 232 levels and ε =
 * 6.2·10⁻⁶, which is r = 2ε/σ_L² = 0.124 here.
 */
public final class NoiseLadder {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** C, the probability of landing on the next level's shell that technique 2 asks for. */
  private static final double OVERLAP = 0.5;

  private NoiseLadder() {}

  /**
   * σ_1: the largest distance between two rows, so that the noise of the top level crosses between any of them. O(rows² d); for large data take a part of it, which can only
   * give less.
   *
   * @param x {@code rows × d}, row-major
   * @param rows at least 2
   * @param d at least 1
   */
  public static double largestDistance(double[] x, int rows, int d) {
    Check.atLeast("rows", rows, 2);
    Check.atLeast("d", d, 1);
    Check.length("x", x, Math.multiplyExact(rows, d));
    double largest = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int c = 0; c < d; c++) {
          double difference = x[i * d + c] - x[j * d + c];
          sum += difference * difference;
        }
        largest = Math.max(largest, sum);
      }
    }
    return Math.sqrt(largest);
  }

  /**
   * Φ(√(2d)(γ - 1) + 3γ) - Φ(√(2d)(γ - 1) - 3γ): how much of the noise of one level lies where that of the next does, three standard deviations to either side, by the
   * radius (Song &amp; Ermon 2020, proposition 2). It falls in γ.
   *
   * @param dimension d, at least 1
   * @param gamma γ, the ratio of levels, at least 1
   */
  public static double overlap(int dimension, double gamma) {
    Check.atLeast("dimension", dimension, 1);
    double apart = Math.sqrt(2.0 * dimension) * (gamma - 1);
    return NORMAL.cumulativeProbability(apart + 3 * gamma)
        - NORMAL.cumulativeProbability(apart - 3 * gamma);
  }

  /** γ with overlap ½ for this dimension; infinite for d ≤ 4, where 3γ outgrows √(2d)(γ - 1) and any ratio will do. */
  public static double ratio(int dimension) {
    Check.atLeast("dimension", dimension, 1);
    if (dimension <= 4) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 1;
    double high = 64; // overlap below ½ where √(2d)(γ - 1) > 3γ: from γ = 19.5 on for d = 5
    while (high - low > 1e-14 * high) {
      double middle = 0.5 * (low + high);
      if (overlap(dimension, middle) > OVERLAP) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** L, the number of levels from σ_max to σ_min, both included, whose ratio is at most γ. */
  public static int levels(double sigmaMin, double sigmaMax, double gamma) {
    Generation.requireLevels(sigmaMin, sigmaMax);
    if (!(gamma > 1)) {
      throw new IllegalArgumentException("gamma must be above 1, got " + gamma);
    }
    return 1 + (int) Math.ceil(StrictMath.log(sigmaMax / sigmaMin) / StrictMath.log(gamma));
  }

  /**
   * The recipe whose relative step brings {@link AnnealedLangevin#expansion} as near to 1 as it goes (technique 4), by golden-section search: the expansion is above
   * 1, falls in r at first and rises later.
   *
   * @param repeats T, steps per level
   * @param gamma γ, above 1
   */
  public static AnnealedLangevin tuned(int repeats, double gamma) {
    double golden = (Math.sqrt(5) - 1) / 2;
    double low = 0;
    double high = 2;
    while (high - low > 1e-9) {
      double left = high - golden * (high - low);
      double right = low + golden * (high - low);
      if (new AnnealedLangevin(repeats, left, true).expansion(gamma)
          < new AnnealedLangevin(repeats, right, true).expansion(gamma)) {
        high = right;
      } else {
        low = left;
      }
    }
    return new AnnealedLangevin(repeats, 0.5 * (low + high), true);
  }

  /**
   * The whole rule: a generation with the ladder for these levels in this dimension, {@code repeats} steps on each level.
   *
   * @param dimension d
   * @param repeats T, steps per level
   * @param sigmaMin the last level
   * @param sigmaMax the first, see {@link #largestDistance}
   */
  public static Generation generation(
      int dimension, int repeats, double sigmaMin, double sigmaMax) {
    int levels = levels(sigmaMin, sigmaMax, Math.min(ratio(dimension), 2));
    double gamma = StrictMath.pow(sigmaMax / sigmaMin, 1.0 / (levels - 1));
    int steps = Math.multiplyExact(levels, repeats);
    return new Generation(tuned(repeats, gamma), steps, sigmaMin, sigmaMax);
  }
}
