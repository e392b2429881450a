package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.mcmc.Underdamped.Scheme;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link Underdamped}. The momentum is in the state's memory, in the metric's units; w here is the one on the way.
 *
 * <p>Random numbers of a step, in this order: the normals of its frictions, and a uniform for the test.
 *
 * <p>Work is the energy that kicks and drifts add. They keep volume, and a friction obeys detailed balance for N(0, I): what it adds is heat, paid for
 * by the ratio of its own densities there and back. So exp(-work) is the ratio of e^-H times the density of the path there and of the path back from
 * the end with its momentum turned, which is what the test needs.
 */
final class UnderdampedKernel implements TunableKernel {
  private final Underdamped recipe;
  private final Density density;
  private final Tuning tuning;
  private final double[] w;
  private final State proposal;
  private final Outcome outcome = new Outcome();
  private double work;

  UnderdampedKernel(Underdamped recipe, Density density) {
    this.recipe = recipe;
    this.density = density;
    this.tuning = new Tuning(recipe.stepSize(), Metric.identity(density.dimension()));
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
    return State.at(density, x).remembering(w.length);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    propose(state, random);
    double u = random.nextDouble();
    double logDensity = proposal.logDensity();
    if (logDensity == Double.NEGATIVE_INFINITY) {
      return outcome.stayed(0, turned(state), 1);
    }
    if (!(logDensity < Double.POSITIVE_INFINITY)) {
      return outcome.diverged("log density", logDensity, turned(state), 1);
    }
    if (!(work <= (recipe.adjusted() ? LangevinKernel.DIVERGENCE : Double.MAX_VALUE))) {
      return outcome.diverged("energy error", work, turned(state), 1);
    }
    double acceptance = StrictMath.exp(Math.min(0, -work));
    if (recipe.adjusted() && !(u < acceptance)) {
      return outcome.stayed(acceptance, turned(state), 1);
    }
    state.exchange(proposal);
    System.arraycopy(w, 0, state.memory(), 0, w.length);
    return outcome.moved(acceptance, Momentum.energy(w) - logDensity, 1);
  }

  /** Turns the momentum of a state that stays; its energy. */
  private static double turned(State state) {
    double[] memory = state.memory();
    for (int i = 0; i < memory.length; i++) {
      memory[i] = -memory[i];
    }
    return Momentum.energy(memory) - state.logDensity();
  }

  @Override
  public double trial(State state, RandomGenerator random) {
    propose(state, random);
    return state.trial(proposal, -work);
  }

  private void propose(State state, RandomGenerator random) {
    System.arraycopy(state.memory(), 0, w, 0, w.length);
    work = 0;
    if (recipe.scheme() == Scheme.BAOAB) {
      baoab(state, random, tuning.stepSize());
    } else {
      obabo(state, random, tuning.stepSize());
    }
  }

  private void baoab(State state, RandomGenerator random, double h) {
    Metric metric = tuning.metric();
    work -= Momentum.energy(w) - state.logDensity();
    metric.kick(w, state.gradient(), 0.5 * h);
    metric.move(state.position(), w, 0.5 * h, proposal.position());
    work += Momentum.energy(w);
    friction(h, random);
    work -= Momentum.energy(w);
    metric.move(proposal.position(), w, 0.5 * h, proposal.position());
    proposal.evaluate(density);
    metric.kick(w, proposal.gradient(), 0.5 * h);
    work += Momentum.energy(w) - proposal.logDensity();
  }

  private void obabo(State state, RandomGenerator random, double h) {
    Metric metric = tuning.metric();
    friction(0.5 * h, random);
    work -= Momentum.energy(w) - state.logDensity();
    metric.kick(w, state.gradient(), 0.5 * h);
    metric.move(state.position(), w, h, proposal.position());
    proposal.evaluate(density);
    metric.kick(w, proposal.gradient(), 0.5 * h);
    work += Momentum.energy(w) - proposal.logDensity();
    friction(0.5 * h, random);
  }

  /** Part O for a time. */
  private void friction(double time, RandomGenerator random) {
    double kept = StrictMath.exp(-recipe.friction() * time);
    double noise = Math.sqrt(-StrictMath.expm1(-2 * recipe.friction() * time));
    for (int i = 0; i < w.length; i++) {
      w[i] = kept * w[i] + noise * random.nextGaussian();
    }
  }
}
