package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.random.Seed;

/**
 * W2 in one dimension, exactly: √∫₀¹ (Q_x(u) - Q_y(u))² du with the samples' quantile functions, whatever their sizes. It is the one slice that
 * {@link SlicedWasserstein} takes of a line, and has its standard error. In the unit of the data. O(n log n).
 */
public record LineWasserstein() implements Distance {
  private static final SlicedWasserstein SLICE = new SlicedWasserstein(1);

  @Override
  public String name() {
    return "W2 on the line";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    Rows.require("x", x, nx, d);
    Check.between("d", d, 1, 1);
    return SLICE.between(x, nx, y, ny, 1, seed);
  }
}
