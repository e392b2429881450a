package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.random.RandomGenerator;

/** The worker of {@link Mams}. Random numbers of a step, in this order: d normals (direction), a uniform (acceptance), a uniform (jitter). */
final class MamsKernel extends MicrocanonicalKernel {
  private final Mams recipe;

  MamsKernel(Mams recipe, Density density) {
    super(density, recipe.stepSize(), recipe.splitting());
    this.recipe = recipe;
  }

  @Override
  public boolean adjusted() {
    return true;
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    Isokinetic.refresh(direction, random);
    double uniform = random.nextDouble();
    double factor = 1 + recipe.jitter() * (2 * random.nextDouble() - 1);
    int steps =
        Math.min(tuning().limit(), recipe.trajectory().steps(tuning().stepSize() / unit(), factor));
    double work = 0;
    int gradients = 0;
    State from = state;
    for (int n = 1; n <= steps; n++) {
      work += integrator.step(from, proposal, direction);
      gradients += integrator.gradients();
      from = proposal;
      if (proposal.logDensity() == Double.NEGATIVE_INFINITY) {
        return outcome.stayed(0, Double.NaN, gradients);
      }
      if (!(proposal.logDensity() < Double.POSITIVE_INFINITY)) {
        return outcome.diverged("log density", proposal.logDensity(), Double.NaN, gradients);
      }
      if (!Double.isFinite(work)) {
        return outcome.diverged("energy error", work, Double.NaN, gradients);
      }
      visit(state, n * tuning().stepSize());
    }
    return decide(state, uniform, energyError(state, work), gradients);
  }

  private Outcome decide(State state, double uniform, double error, int gradients) {
    if (error > LangevinKernel.DIVERGENCE) {
      return outcome.diverged("energy error", error, Double.NaN, gradients).energyError(error);
    }
    double acceptance = StrictMath.exp(Math.min(0, -error));
    if (uniform < acceptance) {
      state.exchange(proposal);
      return outcome.moved(acceptance, Double.NaN, gradients).energyError(error);
    }
    return outcome.stayed(acceptance, Double.NaN, gradients).energyError(error);
  }
}
