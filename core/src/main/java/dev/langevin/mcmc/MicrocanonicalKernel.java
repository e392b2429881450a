package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The workers of {@link Mclmc} and {@link Mams}: beside step size and metric they have a {@link #unit} of length for a warm-up to set. Their
 * velocity has norm 1, so a length is also a time.
 */
public abstract sealed class MicrocanonicalKernel implements TunableKernel
    permits MclmcKernel, MamsKernel {
  private final Density density;
  private final Tuning tuning;
  private double unit;
  private Visitor visitor = Visitor.NONE;
  final Isokinetic integrator;
  final State proposal;
  final double[] direction; // scratch
  final Outcome outcome = new Outcome();

  /** Told of the points that trajectories visit: a warm-up learns more from them than from their ends, at no cost in gradients. */
  public interface Visitor {
    /** Learns nothing. */
    Visitor NONE = (begin, length, at) -> {};

    /**
     * A step of a trajectory is done.
     *
     * @param begin where the trajectory began
     * @param length how far it has come, in the metric's units
     * @param at where it is; neither state is to be kept or written to
     */
    void visit(State begin, double length, State at);
  }

  MicrocanonicalKernel(Density density, double stepSize, Splitting splitting) {
    int d = Check.atLeast("density.dimension()", density.dimension(), 2);
    this.density = density;
    this.tuning = new Tuning(stepSize, Metric.identity(d));
    this.unit = Math.sqrt(d);
    this.integrator = new Isokinetic(density, tuning, splitting);
    this.proposal = State.blank(d);
    this.direction = new double[d];
  }

  /**
   * The length in which a recipe's own lengths are measured: the target's size sqrt(tr(M Σ)), Σ its covariance. √d at first, which is right for a
   * metric that standardises.
   */
  public final double unit() {
    return unit;
  }

  /** Sets who is told of the points on the way; {@link Visitor#NONE} at first. */
  public final void visitor(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Tells the visitor. */
  final void visit(State begin, double length) {
    visitor.visit(begin, length, proposal);
  }

  /** Sets the unit, positive; applies from the next step on. */
  public final void unit(double unit) {
    this.unit = Check.positive("unit", unit);
  }

  /** Whether it is {@link Mams}, with its test, or {@link Mclmc}. */
  public abstract boolean adjusted();

  @Override
  public final int dimension() {
    return proposal.dimension();
  }

  @Override
  public final Tuning tuning() {
    return tuning;
  }

  @Override
  public State start(double[] x) {
    return State.at(density, x);
  }

  @Override
  public final double trial(State state, RandomGenerator random) {
    Isokinetic.refresh(direction, random);
    return state.trial(proposal, -energyError(state, integrator.step(state, proposal, direction)));
  }

  /** ΔE of the way from {@code begin} to the proposal. */
  final double energyError(State begin, double work) {
    return work - (proposal.logDensity() - begin.logDensity());
  }

  @Override
  public final double[] tuned() {
    double[] numbers = tuning.numbers();
    double[] all = Arrays.copyOf(new double[] {unit}, 1 + numbers.length);
    System.arraycopy(numbers, 0, all, 1, numbers.length);
    return all;
  }

  @Override
  public final void retune(double[] tuned) {
    Check.atLeast("tuned.length", tuned.length, 1);
    unit(tuned[0]);
    tuning.restore(Arrays.copyOfRange(tuned, 1, tuned.length));
  }
}
