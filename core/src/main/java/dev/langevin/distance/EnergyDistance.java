package dev.langevin.distance;

import dev.langevin.random.Seed;

/** The energy distance. */
public record EnergyDistance() implements Distance {
  @Override
  public String name() {
    return "energy distance";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    throw new UnsupportedOperationException();
  }
}
