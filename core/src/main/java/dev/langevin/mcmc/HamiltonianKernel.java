package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link Hmc}.
 *
 * <p>Random numbers of a step, in this order: d normals (momentum), a uniform (acceptance), a uniform (jitter). The first d + 1 are those
 * of {@link LangevinKernel}.
 *
 * <p>Stan ends a trajectory as soon as its energy is 1000 above the beginning's. That rule looks at one end only, so it is not quite
 * reversible; here the highest energy on the way is compared with the higher of both ends, after the whole trajectory.
 * Trajectories that break down soon reach infinity, which ends them.
 */
final class HamiltonianKernel implements TunableKernel {
  private final Hmc recipe;
  private final Density density;
  private final Tuning tuning;
  private final Leapfrog leapfrog;
  private final double[] w;
  private final State proposal;
  private final Outcome outcome = new Outcome();

  HamiltonianKernel(Hmc recipe, Density density) {
    this.recipe = recipe;
    this.density = density;
    this.tuning = new Tuning(recipe.stepSize(), Metric.identity(density.dimension()));
    this.leapfrog = new Leapfrog(density, tuning);
    this.w = new double[density.dimension()];
    this.proposal = State.blank(density.dimension());
  }

  @Override
  public int dimension() {
    return w.length;
  }

  @Override
  public Tuning tuning() {
    return tuning;
  }

  @Override
  public State start(double[] x) {
    return State.at(density, x);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    Momentum.refresh(w, random);
    double u = random.nextDouble();
    double factor = 1 + recipe.jitter() * (2 * random.nextDouble() - 1);
    int steps = Math.min(tuning.limit(), recipe.trajectory().steps(tuning.stepSize(), factor));
    double begin = Momentum.energy(w) - state.logDensity();
    double highest = begin;
    double energy = begin;
    State from = state;
    for (int n = 1; n <= steps; n++) {
      leapfrog.step(from, proposal, w, tuning.stepSize());
      from = proposal;
      double logDensity = proposal.logDensity();
      if (logDensity == Double.NEGATIVE_INFINITY) {
        return left(begin, highest, n);
      }
      energy = Momentum.energy(w) - logDensity;
      if (!Double.isFinite(energy)) {
        return Double.isFinite(logDensity)
            ? outcome.diverged("energy", energy, begin, n)
            : outcome.diverged("log density", logDensity, begin, n);
      }
      highest = Math.max(highest, energy);
    }
    return decide(state, u, begin, energy, highest, steps);
  }

  /** Ends where the density is zero: a rejection, but called a divergence if the energy had run away before. */
  private Outcome left(double begin, double highest, int steps) {
    return highest - begin > LangevinKernel.DIVERGENCE
        ? outcome.diverged("energy error", highest - begin, begin, steps)
        : outcome.stayed(0, begin, steps);
  }

  private Outcome decide(
      State state, double u, double begin, double end, double highest, int steps) {
    if (end - begin > LangevinKernel.DIVERGENCE) {
      return outcome.diverged("energy error", end - begin, begin, steps);
    }
    double excess = highest - Math.max(begin, end);
    if (excess > LangevinKernel.DIVERGENCE) {
      return outcome.diverged("energy error on the way", excess, begin, steps);
    }
    double acceptance = StrictMath.exp(Math.min(0, begin - end));
    if (u < acceptance) {
      state.exchange(proposal);
      return outcome.moved(acceptance, end, steps);
    }
    return outcome.stayed(acceptance, begin, steps);
  }

  @Override
  public double trial(State state, RandomGenerator random) {
    Momentum.refresh(w, random);
    double begin = Momentum.energy(w) - state.logDensity();
    leapfrog.step(state, proposal, w, tuning.stepSize());
    return state.trial(proposal, begin - (Momentum.energy(w) - proposal.logDensity()));
  }
}
