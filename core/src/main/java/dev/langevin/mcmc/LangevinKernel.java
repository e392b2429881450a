package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link Mala} and, without the test, of {@link Ula}; from equal random numbers both make equal proposals.
 *
 * <p>With S the metric's root, the proposal y = x + h S Sᵀg(x) + sqrt(2h) S xi is reached from y by the noise
 * xi' = S⁻¹(x - y - h S Sᵀg(y)) / sqrt(2h) = -(xi + sqrt(h/2) Sᵀ(g(x) + g(y))), so
 *
 * <pre>
 *   log [p(y) q(x|y) / (p(x) q(y|x))] = log p(y) - log p(x) + |xi|²/2 - |xi'|²/2
 * </pre>
 *
 * (formula A5 with the differences of positions cancelled by hand, which loses no digits for small h). The sign of xi' does not
 * matter; with it turned, xi → xi' is the momentum of a leapfrog step of eps = sqrt(2h), and the ratio is minus its energy error.
 */
final class LangevinKernel implements TunableKernel {
  /** Energy error beyond which a step counts as a divergence; Stan's figure. The acceptance is 0 there in any case. */
  static final double DIVERGENCE = 1000;

  private final Density density;
  private final boolean adjusted;
  private final Tuning tuning;
  private final Leapfrog leapfrog;
  private final double[] xi;
  private final State proposal;
  private final Outcome outcome = new Outcome();
  private double before;
  private double after;

  LangevinKernel(double stepSize, Density density, boolean adjusted) {
    this.density = density;
    this.adjusted = adjusted;
    this.tuning = new Tuning(stepSize, Metric.identity(density.dimension()));
    this.leapfrog = new Leapfrog(density, tuning);
    this.xi = new double[density.dimension()];
    this.proposal = State.blank(density.dimension());
  }

  @Override
  public int dimension() {
    return xi.length;
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
    Momentum.refresh(xi, random);
    double u = random.nextDouble();
    propose(state);
    double logDensity = proposal.logDensity();
    if (logDensity == Double.NEGATIVE_INFINITY) {
      return outcome.stayed(0, before, 1);
    }
    if (!(logDensity < Double.POSITIVE_INFINITY)) {
      return outcome.diverged("log density", logDensity, before, 1);
    }
    double error = after - before;
    if (!(error <= (adjusted ? DIVERGENCE : Double.MAX_VALUE))) {
      return outcome.diverged("energy error", error, before, 1);
    }
    double acceptance = StrictMath.exp(Math.min(0, -error));
    if (!adjusted || u < acceptance) {
      state.exchange(proposal);
      return outcome.moved(acceptance, after, 1);
    }
    return outcome.stayed(acceptance, before, 1);
  }

  @Override
  public double trial(State state, RandomGenerator random) {
    Momentum.refresh(xi, random);
    propose(state);
    return state.trial(proposal, before - after);
  }

  /** Moves the proposal to y, and sets the energies |xi|²/2 - log p before and after. */
  private void propose(State state) {
    before = Momentum.energy(xi) - state.logDensity();
    leapfrog.step(state, proposal, xi, Math.sqrt(2 * tuning.stepSize()));
    after = Momentum.energy(xi) - proposal.logDensity();
  }
}
