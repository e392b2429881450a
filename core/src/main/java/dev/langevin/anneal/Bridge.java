package dev.langevin.anneal;

import dev.langevin.density.Density;
import java.util.Arrays;

/**
 * A density on the path from the reference to the target, p_β ∝ q^(1-β) p^β; at β = 1 it is p itself, to the last bit.
 *
 * <p>It remembers the last point at which the target was evaluated, and answers there without another evaluation. So a replica that has only
 * changed its temperature, or that an explorer has just left where it last looked, costs nothing. A worker of one thread.
 */
final class Bridge implements Density {
  private final Density target;
  private Normal reference;
  private double beta;

  private final double[] point;
  private final double[] slope; // ∇ log p there
  private double height; // log p there
  private boolean known;
  private boolean slopeKnown;
  private long evaluations;

  Bridge(Density target, Normal reference, double beta) {
    this.target = target;
    this.reference = reference;
    this.beta = beta;
    this.point = new double[target.dimension()];
    this.slope = new double[target.dimension()];
  }

  double beta() {
    return beta;
  }

  void place(Normal reference, double beta) {
    this.reference = reference;
    this.beta = beta;
  }

  /** Evaluations of the target so far. */
  long evaluations() {
    return evaluations;
  }

  @Override
  public int dimension() {
    return point.length;
  }

  /** log p(x), and ∇ log p(x) kept for {@link #slope}. */
  double target(double[] x) {
    if (!known || !slopeKnown || !Arrays.equals(x, point)) {
      height = target.logDensity(x, slope);
      keep(x, true);
    }
    return height;
  }

  /** log p(x). */
  double targetAlone(double[] x) {
    if (!known || !Arrays.equals(x, point)) {
      height = target.logDensity(x);
      keep(x, false);
    }
    return height;
  }

  private void keep(double[] x, boolean withSlope) {
    System.arraycopy(x, 0, point, 0, point.length);
    known = true;
    slopeKnown = withSlope;
    evaluations++;
  }

  /** ∇ log p at the point that was last asked about; not a copy. */
  double[] slope() {
    return slope;
  }

  /** Makes the bridge remember log p, and ∇ log p if there is one, at a point. */
  void recall(double[] x, int fromX, double[] gradient, int fromGradient, double height) {
    System.arraycopy(x, fromX, point, 0, point.length);
    this.slopeKnown = gradient.length > 0;
    if (slopeKnown) {
      System.arraycopy(gradient, fromGradient, slope, 0, slope.length);
    }
    this.height = height;
    this.known = true;
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double logTarget = target(x);
    System.arraycopy(slope, 0, gradient, 0, slope.length);
    if (beta < 1) {
      reference.mix(x, gradient, beta, 1 - beta);
    }
    return onPath(x, logTarget);
  }

  @Override
  public double logDensity(double[] x) {
    return onPath(x, targetAlone(x));
  }

  private double onPath(double[] x, double logTarget) {
    return beta < 1 ? beta * logTarget + (1 - beta) * reference.logDensity(x, 0) : logTarget;
  }
}
