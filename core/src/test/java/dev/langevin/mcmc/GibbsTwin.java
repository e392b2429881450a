package dev.langevin.mcmc;

import dev.langevin.density.LogDensity;
import java.util.random.RandomGenerator;

/** Random walk within Gibbs in turn over the coordinates, written plainly; and one that conditions on the others as they were before the sweep. */
record GibbsTwin(LogDensity density, double stepSize, boolean stale) implements Kernel {
  @Override
  public int dimension() {
    return density.dimension();
  }

  @Override
  public State start(double[] x) {
    return State.withoutGradientAt(density, x);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    double[] next = state.position().clone();
    double[] before = state.position().clone();
    double sum = 0;
    boolean moved = false;
    for (int i = 0; i < next.length; i++) {
      double[] here = (stale ? before : next).clone();
      double[] there = here.clone();
      there[i] += stepSize * random.nextGaussian();
      double u = random.nextDouble();
      double gain = density.logDensity(there) - density.logDensity(here);
      double acceptance = Math.exp(Math.min(0, gain));
      sum += acceptance;
      if (u < acceptance) {
        next[i] = there[i];
        moved = true;
      }
    }
    System.arraycopy(next, 0, state.position(), 0, next.length);
    state.evaluate(density);
    Outcome outcome = new Outcome();
    return moved
        ? outcome.moved(sum / next.length, Double.NaN, 2)
        : outcome.stayed(sum / next.length, Double.NaN, 2);
  }
}
