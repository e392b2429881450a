package dev.langevin.mcmc;

import dev.langevin.density.LogDensity;
import java.util.random.RandomGenerator;

/** The worker of {@link RandomWalkMetropolis}. */
final class RandomWalkKernel implements TunableKernel {
  private final LogDensity density;
  private final Tuning tuning;
  private final double[] xi;
  private final State proposal;
  private final MetropolisTest test = new MetropolisTest();

  RandomWalkKernel(double stepSize, LogDensity density) {
    this.density = density;
    this.tuning = new Tuning(stepSize, Metric.identity(density.dimension()));
    this.xi = new double[density.dimension()];
    this.proposal = State.blankWithoutGradient(density.dimension());
  }

  @Override
  public int dimension() {
    return proposal.dimension();
  }

  @Override
  public Tuning tuning() {
    return tuning;
  }

  @Override
  public State start(double[] x) {
    return State.withoutGradientAt(density, x);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    propose(state, random);
    double u = random.nextDouble();
    proposal.evaluate(density);
    return test.decide(state, proposal, 0, u);
  }

  @Override
  public double trial(State state, RandomGenerator random) {
    propose(state, random);
    proposal.evaluate(density);
    return state.trial(proposal, proposal.logDensity() - state.logDensity());
  }

  /** y = x + s S xi. */
  private void propose(State state, RandomGenerator random) {
    Momentum.refresh(xi, random);
    tuning.metric().move(state.position(), xi, tuning.stepSize(), proposal.position());
  }
}
