package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link Mala} and, without the test, of {@link Ula}; from equal random numbers both make equal proposals.
 *
 * <p>With S = M<sup>-1/2</sup>, the proposal y = x + h S²g(x) + sqrt(2h) S xi is reached from y by the noise
 * xi' = (x - y - h S²g(y)) / (sqrt(2h) S) = -(xi + sqrt(h/2) S (g(x) + g(y))), so
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
  private final double[] xi;
  private final State proposal;
  private final Outcome outcome = new Outcome();
  private double before;
  private double after;

  LangevinKernel(double stepSize, Density density, boolean adjusted) {
    this.density = density;
    this.adjusted = adjusted;
    this.tuning = new Tuning(stepSize, Metric.identity(density.dimension()));
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
    double logRatio = before - after;
    return logRatio < Double.POSITIVE_INFINITY && !proposal.isAt(state)
        ? logRatio
        : Double.NEGATIVE_INFINITY;
  }

  /** Moves the proposal to y, and sets the energies |xi|²/2 - log p before and after. */
  private void propose(State state) {
    double[] x = state.position();
    double[] gx = state.gradient();
    double[] y = proposal.position();
    double[] gy = proposal.gradient();
    double[] scale = tuning.metric().scale();
    double eps = Math.sqrt(2 * tuning.stepSize());
    before = Momentum.energy(xi) - state.logDensity();
    for (int i = 0; i < y.length; i++) {
      double half = 0.5 * eps * scale[i] * gx[i];
      y[i] = x[i] + eps * scale[i] * (xi[i] + half); // x + h S² g + sqrt(2h) S xi
      xi[i] += half;
    }
    proposal.evaluate(density);
    for (int i = 0; i < y.length; i++) {
      xi[i] += 0.5 * eps * scale[i] * gy[i];
    }
    after = Momentum.energy(xi) - proposal.logDensity();
  }
}
