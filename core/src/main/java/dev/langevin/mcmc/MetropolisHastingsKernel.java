package dev.langevin.mcmc;

import dev.langevin.density.LogDensity;
import dev.langevin.math.Check;
import java.util.random.RandomGenerator;

/** The worker of {@link MetropolisHastings}. Random numbers of a step: those of the proposal, a uniform (acceptance). */
final class MetropolisHastingsKernel implements Kernel {
  private final Proposal law;
  private final LogDensity density;
  private final State proposal;
  private final MetropolisTest test = new MetropolisTest();

  MetropolisHastingsKernel(Proposal law, LogDensity density) {
    this.law = law;
    this.density = density;
    this.proposal = State.blankWithoutGradient(density.dimension());
  }

  @Override
  public int dimension() {
    return proposal.dimension();
  }

  @Override
  public State start(double[] x) {
    double[] landed = Check.allFinite("x", Check.length("x", x, dimension())).clone();
    law.land(landed);
    return State.withoutGradientAt(density, landed);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    double logRatio = law.propose(state.position(), proposal.position(), random);
    double u = random.nextDouble();
    proposal.evaluate(density);
    return test.decide(state, proposal, logRatio, u);
  }
}
