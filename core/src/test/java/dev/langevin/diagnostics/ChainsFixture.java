package dev.langevin.diagnostics;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/** Chains whose answers are known: stationary Gaussian autoregressions x' = ρx + ε with ε ~ N(0, 1). */
final class ChainsFixture {
  private ChainsFixture() {}

  /** Starts in the stationary law N(0, 1/(1-ρ²)). */
  static double[][] autoregression(int chains, int draws, double rho, Seed seed) {
    double[][] x = new double[chains][draws];
    for (int c = 0; c < chains; c++) {
      AddressedRandom random = seed.child(c).random();
      double state = random.nextGaussian() * stationarySd(rho);
      for (int n = 0; n < draws; n++) {
        state = rho * state + random.nextGaussian();
        x[c][n] = state;
      }
    }
    return x;
  }

  static double[][] independent(int chains, int draws, Seed seed) {
    return autoregression(chains, draws, 0, seed);
  }

  static double stationarySd(double rho) {
    return Math.sqrt(1 / (1 - rho * rho));
  }

  interface Change {
    double of(int chain, int draw, double value);
  }

  static double[][] changed(double[][] x, Change change) {
    double[][] y = new double[x.length][x[0].length];
    for (int c = 0; c < x.length; c++) {
      for (int n = 0; n < x[c].length; n++) {
        y[c][n] = change.of(c, n, x[c][n]);
      }
    }
    return y;
  }
}
