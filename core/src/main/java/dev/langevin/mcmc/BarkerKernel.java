package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.density.LogScale;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link Barker}. Random numbers of a step, in this order: d normals (lengths), d uniforms (signs), a uniform (acceptance).
 *
 * <p>The move z is known in the metric's coordinates, where both densities of it are products; so S⁻¹ is never needed.
 */
final class BarkerKernel implements TunableKernel {
  private final Density density;
  private final Tuning tuning;
  private final double[] z;
  private final double[] gradient; // Sᵀg at x, then at y
  private final double[] forward; // z_i G_i(x)
  private final State proposal;
  private final Outcome outcome = new Outcome();

  BarkerKernel(double stepSize, Density density) {
    int d = density.dimension();
    this.density = density;
    this.tuning = new Tuning(stepSize, Metric.identity(d));
    this.z = new double[d];
    this.gradient = new double[d];
    this.forward = new double[d];
    this.proposal = State.blank(d);
  }

  @Override
  public int dimension() {
    return z.length;
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
    propose(state, random);
    double u = random.nextDouble();
    double logDensity = proposal.logDensity();
    if (logDensity == Double.NEGATIVE_INFINITY) {
      return outcome.stayed(0, Double.NaN, 1);
    }
    if (!(logDensity < Double.POSITIVE_INFINITY)) {
      return outcome.diverged("log density", logDensity, Double.NaN, 1);
    }
    double logRatio = logRatio(state);
    if (Double.isNaN(logRatio)) {
      return outcome.diverged("log acceptance ratio", logRatio, Double.NaN, 1);
    }
    double acceptance = StrictMath.exp(Math.min(0, logRatio));
    if (u < acceptance) {
      state.exchange(proposal);
      return outcome.moved(acceptance, Double.NaN, 1);
    }
    return outcome.stayed(acceptance, Double.NaN, 1);
  }

  @Override
  public double trial(State state, RandomGenerator random) {
    propose(state, random);
    return state.trial(proposal, logRatio(state));
  }

  /** Moves the proposal to y = x + S z. */
  private void propose(State state, RandomGenerator random) {
    Momentum.refresh(z, random);
    whiten(state);
    for (int i = 0; i < z.length; i++) {
      z[i] *= tuning.stepSize();
      double pull = z[i] * gradient[i];
      boolean kept = random.nextDouble() * (1 + StrictMath.exp(-pull)) < 1;
      z[i] = kept ? z[i] : -z[i];
      forward[i] = kept ? pull : -pull;
    }
    tuning.metric().move(state.position(), z, 1, proposal.position());
    proposal.evaluate(density);
  }

  /**
   * log [p(y) q(x|y) / (p(x) q(y|x))]. NaN if the gradient at y has an infinite coordinate too, which the two factors alone would swallow: hence
   * the 0 times it.
   */
  private double logRatio(State state) {
    whiten(proposal);
    double sum = proposal.logDensity() - state.logDensity();
    for (int i = 0; i < z.length; i++) {
      double back = z[i] * gradient[i];
      sum += LogScale.log1pExp(-forward[i]) - LogScale.log1pExp(back) + 0 * back;
    }
    return sum;
  }

  private void whiten(State at) {
    Arrays.fill(gradient, 0);
    tuning.metric().kick(gradient, at.gradient(), 1);
  }
}
