package dev.langevin.mcmc;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.math.Check;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link Glauber}. Random numbers of a sweep: for each visit, a uniform (its site) if the scan is random, and a uniform (the spin).
 *
 * <p>Memory: the n local fields, and the number of sweeps since they were summed afresh.
 */
final class GlauberKernel implements Kernel {
  static final int RENEWAL = 1000;

  private final BinaryPairwise model;
  private final Scan scan;
  private final Outcome outcome = new Outcome();

  GlauberKernel(BinaryPairwise model, Scan scan) {
    this.model = model;
    this.scan = scan;
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public State start(double[] x) {
    int n = dimension();
    double[] spins = Check.allFinite("x", Check.length("x", x, n)).clone();
    for (int i = 0; i < n; i++) {
      spins[i] = spins[i] >= 0 ? 1 : -1;
    }
    State state = State.withoutGradientAt(model, spins).remembering(n + 1);
    model.localFields(spins, state.memory());
    return state;
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    int n = dimension();
    double[] x = state.position();
    double[] fields = state.memory();
    int flips = 0;
    for (int visit = 0; visit < n; visit++) {
      int site = scan.block(visit, n, random);
      double u = random.nextDouble();
      double spin = u < 1 / (1 + StrictMath.exp(-2 * fields[site])) ? 1 : -1;
      if (spin != x[site]) {
        x[site] = spin;
        model.flipped(site, spin, fields);
        flips++;
      }
    }
    if (++fields[n] == RENEWAL) {
      fields[n] = 0;
      model.localFields(x, fields);
    }
    state.logDensity(logDensity(x, fields));
    return flips > 0 ? outcome.moved(1, Double.NaN, 1) : outcome.stayed(1, Double.NaN, 1);
  }

  /** ½ Σ x_i (f_i + h_i) and the diagonal's share, from the local fields in O(n). */
  private double logDensity(double[] x, double[] fields) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * (fields[i] + model.field(i));
    }
    return 0.5 * sum + model.diagonal();
  }
}
