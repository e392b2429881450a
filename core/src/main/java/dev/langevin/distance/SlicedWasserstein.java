package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.random.Seed;

/**
 * The sliced Wasserstein distance.
 *
 * @param projections number of directions, at least 1
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
    return "sliced Wasserstein";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    throw new UnsupportedOperationException();
  }
}
