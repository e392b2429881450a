package dev.langevin.check;

import dev.langevin.adapt.Warmup;
import dev.langevin.density.Density;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/**
 * Draws of a density by random-walk Metropolis, which never looks at the gradient: what the gradient is then held against. Four chains, each warmed up
 * by itself.
 *
 * @param positions {@code [chain][coordinate][draw]}
 * @param scores the gradient at each draw, the same shape
 */
record Walk(double[][][] positions, double[][][] scores) {
  private static final int CHAINS = 4;
  static final int KEPT = 2000;

  /**
   * Runs the chains.
   *
   * @param start of all chains, where the log density is finite
   * @param steps of each chain after a warm-up of half as many; every (steps/2000)-th is kept
   * @throws IllegalStateException if no step size will do
   */
  static Walk of(Density density, double[] start, int steps, Seed seed) {
    int d = start.length;
    int thin = Math.max(1, steps / KEPT);
    int kept = steps / thin;
    double[][][] positions = new double[CHAINS][d][kept];
    double[][][] scores = new double[CHAINS][d][kept];
    double[] gradient = new double[d];
    for (int c = 0; c < CHAINS; c++) {
      TunableKernel kernel = RandomWalkMetropolis.defaults().on(density);
      AddressedRandom random = seed.child(c).random();
      State state =
          warmed(
              kernel, RandomWalkMetropolis.defaults().targetAcceptance(), start, steps / 2, random);
      for (int n = 0; n < kept; n++) {
        for (int t = 0; t < thin; t++) {
          kernel.step(state, random);
        }
        density.logDensity(state.position(), gradient);
        for (int i = 0; i < d; i++) {
          positions[c][i][n] = state.position()[i];
          scores[c][i][n] = gradient[i];
        }
      }
    }
    return new Walk(positions, scores);
  }

  /** A tuned kernel that follows the gradient. */
  static Kernel mala(Density density, double[] start, int steps, Seed seed) {
    TunableKernel kernel = Mala.defaults().on(density);
    warmed(kernel, Mala.defaults().targetAcceptance(), start, steps, seed.random());
    return kernel;
  }

  private static State warmed(
      TunableKernel kernel, double target, double[] start, int steps, AddressedRandom random) {
    State state = kernel.start(start);
    Warmup warmup = new Warmup(kernel, steps, target);
    warmup.begin(state, random);
    while (!warmup.finished()) {
      warmup.learn(state, kernel.step(state, random), random);
    }
    return state;
  }

  /** Draw {@code n} of all chains together, the chains taking turns. */
  double[] point(int n) {
    double[] x = new double[positions[0].length];
    for (int i = 0; i < x.length; i++) {
      x[i] = positions[n % CHAINS][i][n / CHAINS];
    }
    return x;
  }

  int length() {
    return CHAINS * positions[0][0].length;
  }

  /** One coordinate, {@code [chain][draw]}. */
  double[][] series(int i) {
    double[][] series = new double[CHAINS][];
    for (int c = 0; c < CHAINS; c++) {
      series[c] = positions[c][i];
    }
    return series;
  }
}
