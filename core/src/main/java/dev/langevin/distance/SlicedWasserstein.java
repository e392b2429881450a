package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * The sliced Wasserstein distance (Rabin, Peyré, Delon &amp; Bernot 2012; Bonneel et al. 2015): the root mean square, over random directions, of
 * the exact one-dimensional W2 between the projected samples. In the unit of the data; zero for equal samples; between N(0, I) and
 * N(m, I) it is |m|/√d.
 *
 * <p>The directions come from the seed, orthogonal within blocks of d, and belong to the definition: the standard error is that of the
 * rows alone. It is the infinitesimal jackknife: each row's influence is its Kantorovich potential averaged over the directions
 * (the central limit theorem of Manole, Balakrishnan &amp; Wasserman 2022), Var(W2²) ≈ var(φ)/nx + var(ψ)/ny, and half of that root
 * over W2 for W2 itself. The bootstrap is not used because resampled rows are closer together than fresh ones, which moves
 * W2. Measured against the scatter over 400 fresh pairs of samples: 0.97 … 1.05 of it where
 * the laws differ, 1.14 where they hardly do, 1.36 … 1.49 where they are equal (there the first order vanishes).
 *
 * <p>Takes O(projections · n · (d + log n)).
 *
 * @param projections number of directions, at least 1; a multiple of d is best
 */
public record SlicedWasserstein(int projections) implements Distance {
  public SlicedWasserstein {
    Check.atLeast("projections", projections, 1);
  }

  /** 128 directions. */
  public static SlicedWasserstein defaults() {
    return new SlicedWasserstein(128);
  }

  @Override
  public String name() {
    return "sliced Wasserstein distance";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    Rows.require("x", x, nx, d);
    Rows.require("y", y, ny, d);
    double[] directions = Directions.orthogonal(projections, d, seed.child("direction"));
    Slice sliceX = new Slice(x, nx, d);
    Slice sliceY = new Slice(y, ny, d);
    LineTransport transport = new LineTransport(nx, ny);
    double square = 0;
    for (int k = 0; k < projections; k++) {
      sliceX.project(directions, k * d);
      sliceY.project(directions, k * d);
      square += transport.cost(sliceX.sorted, sliceY.sorted) / projections;
      sliceX.addInfluence(transport.phi());
      sliceY.addInfluence(transport.psi());
    }
    if (square == 0) {
      return new Estimate(0, 0);
    }
    double variance =
        (sliceX.influenceVariance() / nx + sliceY.influenceVariance() / ny)
            / ((double) projections * projections);
    double value = Math.sqrt(square);
    return new Estimate(value, Math.sqrt(variance) / (2 * value));
  }

  /** One sample seen along one direction after the other. */
  private static final class Slice {
    private final double[] rows;
    private final int d;
    private final double[] projected;
    private final double[] sorted;
    private final double[] influence;

    Slice(double[] rows, int n, int d) {
      this.rows = rows;
      this.d = d;
      projected = new double[n];
      sorted = new double[n];
      influence = new double[n];
    }

    void project(double[] directions, int at) {
      for (int r = 0; r < projected.length; r++) {
        // +0.0 turns -0.0 into 0.0, which sorting and searching would tell apart
        projected[r] = Directions.dot(rows, r * d, directions, at, d) + 0.0;
      }
      System.arraycopy(projected, 0, sorted, 0, sorted.length);
      Arrays.sort(sorted);
    }

    /** Adds to each row the potential at its place; equal places have equal potentials. */
    void addInfluence(double[] potential) {
      for (int r = 0; r < projected.length; r++) {
        influence[r] += potential[Arrays.binarySearch(sorted, projected[r])];
      }
    }

    double influenceVariance() {
      return Rows.variance(influence);
    }
  }
}
