package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link Mclmc}. Draws d normals a step. The velocity is the state's memory; zero, as it begins, it becomes uniform on the sphere in
 * the first refreshment.
 */
final class MclmcKernel extends MicrocanonicalKernel {
  private final Mclmc recipe;

  MclmcKernel(Mclmc recipe, Density density) {
    super(density, recipe.stepSize(), recipe.splitting());
    this.recipe = recipe;
  }

  @Override
  public boolean adjusted() {
    return false;
  }

  @Override
  public State start(double[] x) {
    return super.start(x).remembering(dimension());
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    double[] u = state.memory();
    Isokinetic.refresh(u, noise(), random);
    double work = integrator.step(state, proposal, u);
    int gradients = integrator.gradients();
    double logDensity = proposal.logDensity();
    double error = energyError(state, work);
    if (Double.isFinite(logDensity) && Double.isFinite(error)) {
      visit(state, tuning().stepSize());
      state.exchange(proposal);
      double acceptance = StrictMath.exp(Math.min(0, -error));
      return outcome.moved(acceptance, Double.NaN, gradients).energyError(error);
    }
    Arrays.fill(u, 0); // another direction in the next step
    if (logDensity == Double.NEGATIVE_INFINITY) {
      return outcome.stayed(0, Double.NaN, gradients);
    }
    return Double.isFinite(logDensity)
        ? outcome.diverged("energy error", error, Double.NaN, gradients)
        : outcome.diverged("log density", logDensity, Double.NaN, gradients);
  }

  /** nu = sqrt((exp(2 eps/L) - 1)/d), at most so much that nothing is left of the old direction. */
  private double noise() {
    double turns = 2 * tuning().stepSize() / (recipe.decoherence() * unit());
    return Math.sqrt(StrictMath.expm1(Math.min(turns, 100)) / dimension());
  }
}
