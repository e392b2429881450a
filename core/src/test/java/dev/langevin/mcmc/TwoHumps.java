package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/** Uniform on (0, 1) and on (1.5, 1.75): a slice in two pieces, on which doubling needs its test. */
final class TwoHumps implements Density {
  private static final double LEFT = 0.8;
  private static final int CHAINS = 100_000;

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public double logDensity(double[] x) {
    boolean left = x[0] > 0 && x[0] < 1;
    boolean right = x[0] > 1.5 && x[0] < 1.75;
    return left || right ? 0 : Double.NEGATIVE_INFINITY;
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    gradient[0] = 0;
    return logDensity(x);
  }

  /** The share of chains in the left piece three steps after exact draws, as |z|; a right kernel exceeds 4.9 with probability 1e-6. */
  static double z(Kernel kernel, Seed seed) {
    AddressedRandom random = new AddressedRandom(seed);
    int left = 0;
    for (int c = 0; c < CHAINS; c++) {
      random.moveTo(seed.child(c));
      double u = random.nextDouble();
      double exact = u < LEFT ? u / LEFT : 1.5 + (u - LEFT) / (1 - LEFT) / 4;
      State state = kernel.start(new double[] {exact});
      for (int s = 0; s < 3; s++) {
        kernel.step(state, random);
      }
      left += state.position()[0] < 1.25 ? 1 : 0;
    }
    return Math.abs(left - LEFT * CHAINS) / Math.sqrt(CHAINS * LEFT * (1 - LEFT));
  }
}
