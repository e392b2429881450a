package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;
import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * Where a chain is: a point of R^d with its log density and, for kernels that use it, the gradient there. Made by
 * {@link Kernel#start}, changed in place by {@link Kernel#step}.
 *
 * <p>A kernel keeps a second state as scratch for its proposals and exchanges the two when it moves; so {@link #position()} and
 * {@link #gradient()} may be another array after every step: ask again, and copy what should last.
 */
public final class State {
  private static final double[] NOTHING = {};

  private double[] position;
  private double[] gradient;
  private double logDensity = Double.NaN;
  private final double[] memory;

  private State(int dimension, int gradientLength, double[] memory) {
    this.position = new double[dimension];
    this.gradient = new double[gradientLength];
    this.memory = memory;
  }

  /** A blank state with room for a gradient, for a kernel's scratch. */
  public static State blank(int dimension) {
    return new State(dimension, dimension, NOTHING);
  }

  /** A blank state without a gradient, for the scratch of a kernel that needs none; {@link #gradient()} is empty. */
  public static State blankWithoutGradient(int dimension) {
    return new State(dimension, 0, NOTHING);
  }

  /**
   * The state at {@code x}, with gradient.
   *
   * @throws IllegalArgumentException if x has another length or infinite coordinates, or log density or gradient are not finite there
   */
  public static State at(Density density, double[] x) {
    State state = blank(density.dimension());
    state.place(x);
    state.evaluate(density);
    state.requireFiniteLogDensity();
    Check.allFinite("gradient at x", state.gradient);
    return state;
  }

  /**
   * The state at {@code x}, without gradient.
   *
   * @throws IllegalArgumentException if x has another length or infinite coordinates, or the log density is not finite there
   */
  public static State withoutGradientAt(LogDensity density, double[] x) {
    State state = blankWithoutGradient(density.dimension());
    state.place(x);
    state.evaluate(density);
    state.requireFiniteLogDensity();
    return state;
  }

  /**
   * The state at {@code x} for a kernel that never evaluates a density: without gradient, and with log density NaN.
   *
   * @throws IllegalArgumentException if x has infinite coordinates
   */
  public static State unevaluatedAt(double[] x) {
    State state = blankWithoutGradient(x.length);
    state.place(x);
    return state;
  }

  /** This state with room for {@code length} numbers of {@link #memory}, all zero; for a kernel's {@code start}. */
  public State remembering(int length) {
    State state = new State(position.length, gradient.length, new double[length]);
    state.copyFrom(this);
    return state;
  }

  private void place(double[] x) {
    Check.allFinite("x", Check.length("x", x, position.length));
    System.arraycopy(x, 0, position, 0, x.length);
  }

  private void requireFiniteLogDensity() {
    Check.finite("log density at x", logDensity);
  }

  /** d, the number of coordinates. */
  public int dimension() {
    return position.length;
  }

  /** The point itself, not a copy, valid until the next step; only a kernel may write to it, and only to its own scratch. */
  public double[] position() {
    return position;
  }

  /** The gradient of the log density, not a copy; empty in a state without gradient. */
  public double[] gradient() {
    return gradient;
  }

  /** log p at the point, up to a constant. */
  public double logDensity() {
    return logDensity;
  }

  /**
   * What a kernel carries from step to step beside the point, for example a momentum; empty for most. Belongs to the chain and not to the point:
   * {@link #exchange} and {@link #copyFrom} leave it alone. Not a copy; only a kernel may write to it.
   */
  public double[] memory() {
    return memory;
  }

  /** Renews log density and gradient after the position has been written to. */
  public void evaluate(Density density) {
    logDensity = density.logDensity(position, gradient);
  }

  /** Renews the log density alone after the position has been written to. */
  public void evaluate(LogDensity density) {
    logDensity = density.logDensity(position);
  }

  /** Exchanges point, gradient and log density with another state of the same kind: how a kernel moves without copying. */
  public void exchange(State other) {
    double[] x = position;
    position = other.position;
    other.position = x;
    double[] g = gradient;
    gradient = other.gradient;
    other.gradient = g;
    double l = logDensity;
    logDensity = other.logDensity;
    other.logDensity = l;
  }

  /** Takes note of a log density that is known without an evaluation. */
  void logDensity(double logDensity) {
    this.logDensity = logDensity;
  }

  /**
   * What {@link TunableKernel#trial} tells of a step from here to a proposal: the logarithm of its Metropolis ratio; negative infinity where that is no number
   * or infinite, or the proposal is here.
   */
  double trial(State proposal, double logRatio) {
    return logRatio < Double.POSITIVE_INFINITY && !proposal.isAt(this)
        ? logRatio
        : Double.NEGATIVE_INFINITY;
  }

  /** Whether both are at the same point. */
  boolean isAt(State other) {
    return Arrays.equals(position, other.position);
  }

  /** Takes point, gradient and log density from another state of the same kind. */
  public void copyFrom(State other) {
    System.arraycopy(other.position, 0, position, 0, position.length);
    System.arraycopy(other.gradient, 0, gradient, 0, gradient.length);
    logDensity = other.logDensity;
  }
}
