package dev.langevin.density;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * A {@link BinaryPairwise} model summed over all its 2^n states: the truth for everything that is approximate. The states are visited in
 * Gray-code order, one flip apart, so a state costs O(n): its flip updates n local fields, and only the n pairs with the flipped
 * spin change sign and have their share of the sum settled. O(2^n n) time and O(n²) memory; 20 spins take about a tenth of a second.
 *
 * @param logPartition log Σ_x exp(½ xᵀJx + hᵀx)
 * @param magnetisation E[x_i], length n
 * @param correlation E[x_i x_j], {@code n × n}, row-major; not centred; ones on the diagonal
 */
public record BinaryEnumeration(double logPartition, double[] magnetisation, double[] correlation) {
  /** The largest n: 2^24 states. */
  public static final int MAX_SPINS = 24;

  static BinaryEnumeration of(BinaryPairwise model) {
    int n = Check.between("number of spins", model.dimension(), 1, MAX_SPINS);
    double largest = Double.NEGATIVE_INFINITY;
    Walk search = new Walk(model);
    do {
      largest = Math.max(largest, search.logWeight);
    } while (search.next() >= 0);
    Sums sums = new Sums(n);
    Walk walk = new Walk(model);
    int flip;
    do {
      sums.total += StrictMath.exp(walk.logWeight - largest);
      flip = walk.next();
      sums.settle(flip);
    } while (flip >= 0);
    return sums.result(largest);
  }

  /** Through all states from (-1, …, -1): step c flips the spin of the lowest set bit of c (Gray 1953). */
  private static final class Walk {
    private final BinaryPairwise model;
    private final int states;
    private final double[] x;
    private final double[] localFields;
    private double logWeight;
    private int step;

    Walk(BinaryPairwise model) {
      this.model = model;
      int n = model.dimension();
      states = 1 << n;
      x = new double[n];
      Arrays.fill(x, -1);
      localFields = new double[n];
      model.localFields(x, localFields);
      logWeight = model.logDensity(x);
    }

    /** Moves on; returns the spin that flipped, or -1 at the end. */
    int next() {
      if (++step == states) {
        return -1;
      }
      int i = Integer.numberOfTrailingZeros(step);
      x[i] = -x[i];
      logWeight += 2 * x[i] * localFields[i];
      model.flipped(i, x[i], localFields);
      return i;
    }
  }

  /** Σ w x_i x_j for all pairs, where a pair's sum is brought up to date only when its sign is about to change. */
  private static final class Sums {
    private final int n; // spin n is a constant 1, whose pairs are the magnetisations
    private final int width;
    private final double[] x;
    private final double[] sum;
    private final double[] settledAt; // the total when the pair was last settled
    private double total;

    Sums(int n) {
      this.n = n;
      width = n + 1;
      x = new double[width];
      Arrays.fill(x, -1);
      x[n] = 1;
      sum = new double[width * width];
      settledAt = new double[width * width];
    }

    void settle(int spin) {
      if (spin < 0) {
        return;
      }
      for (int j = 0; j < width; j++) {
        settle(spin, j);
      }
      x[spin] = -x[spin];
    }

    private void settle(int i, int j) {
      int pair = Math.max(i, j) * width + Math.min(i, j);
      sum[pair] += x[i] * x[j] * (total - settledAt[pair]);
      settledAt[pair] = total;
    }

    BinaryEnumeration result(double largest) {
      double[] magnetisation = new double[n];
      double[] correlation = new double[n * n];
      for (int i = 0; i < n; i++) {
        settle(i, n);
        magnetisation[i] = sum[n * width + i] / total;
        correlation[i * n + i] = 1;
        for (int j = 0; j < i; j++) {
          settle(i, j);
          double mean = sum[i * width + j] / total;
          correlation[i * n + j] = mean;
          correlation[j * n + i] = mean;
        }
      }
      return new BinaryEnumeration(largest + StrictMath.log(total), magnetisation, correlation);
    }
  }
}
