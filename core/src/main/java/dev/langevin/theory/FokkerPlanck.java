package dev.langevin.theory;

import dev.langevin.math.Check;
import java.util.function.DoubleUnaryOperator;

/**
 * The law of a diffusion on a line, dX = v(X, t) dt + √(2D(X, t)) dB, by its Fokker–Planck equation ∂p/∂t = -∂(vp)/∂x + ∂²(Dp)/∂x², on an interval with
 * closed ends. Finite volumes with the exponentially fitted flux of Scharfetter &amp; Gummel (1969; Chang &amp; Cooper 1970 for this equation),
 *
 * <pre>
 *   F = (D/h) (B(-w) p_i - B(w) p_{i+1}),   w = (v - D') h/D,   B(z) = z/(e^z - 1),
 * </pre>
 *
 * <p>which is exact for a steady law with constant w, and the θ-method in time: θ = ½ is that of Crank &amp; Nicolson. Mass is conserved to
 * rounding, since what leaves a cell enters its neighbour. Of order 2 in the width h of a cell and, for θ = ½, in the time step. With θ = 1 the
 * density stays positive whatever the time step; with θ = ½ as long as no cell loses more than all of its mass in half a step.
 *
 * <p>The oracle for one-dimensional pictures and budgets. O(cells) per step.
 *
 * @param low left end; nothing leaves there
 * @param high right end
 * @param cells at least 3
 * @param theta share of the implicit side, from ½ to 1
 */
public record FokkerPlanck(double low, double high, int cells, double theta) {
  private static final int GENTLE = 2; // first steps, each taken as four implicit ones

  public FokkerPlanck {
    Check.finite("low", low);
    Check.finite("high", high);
    if (!(low < high)) {
      throw new IllegalArgumentException("high must be above low = " + low + ", got " + high);
    }
    Check.atLeast("cells", cells, 3);
    if (!(theta >= 0.5 && theta <= 1)) {
      throw new IllegalArgumentException("theta must be between 0.5 and 1, got " + theta);
    }
  }

  /** With θ = ½. */
  public FokkerPlanck(double low, double high, int cells) {
    this(low, high, cells, 0.5);
  }

  /** A coefficient: a number at each place and time. */
  @FunctionalInterface
  public interface Coefficient {
    /** Its value at place {@code x} and time {@code t}. */
    double at(double x, double t);
  }

  /** h, the width of a cell. */
  public double width() {
    return (high - low) / cells;
  }

  /** The middle of cell i, i = 0 … cells-1. */
  public double centre(int i) {
    return low + (i + 0.5) * width();
  }

  /** The mean of a density over each cell, by Gauss's rule with two nodes. */
  public double[] averaged(DoubleUnaryOperator density) {
    double[] p = new double[cells];
    double offset = width() / 2 / Math.sqrt(3);
    for (int i = 0; i < cells; i++) {
      p[i] =
          0.5
              * (density.applyAsDouble(centre(i) - offset)
                  + density.applyAsDouble(centre(i) + offset));
    }
    return p;
  }

  /** Σ p_i h. */
  public double mass(double[] density) {
    double sum = 0;
    for (double p : density) {
      sum += p;
    }
    return sum * width();
  }

  /** ½ Σ |p_i - q_i| h, the total variation distance of the two laws seen cell by cell. */
  public double totalVariation(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      sum += Math.abs(one[i] - other[i]);
    }
    return 0.5 * sum * width();
  }

  /**
   * The density at time {@code to} of what has the density {@code start} at time {@code from}. The first two steps are taken as four implicit steps of a quarter
   * each (Rannacher 1984), so that a rough start does not ring.
   *
   * @param start length {@link #cells()}, means over the cells; not changed
   * @param drift v
   * @param diffusion D, positive; half of the squared diffusion coefficient g²
   * @param steps at least 1
   * @return a new array
   */
  public double[] advance(
      double[] start, Coefficient drift, Coefficient diffusion, double from, double to, int steps) {
    Check.length("start", start, cells);
    Check.atLeast("steps", steps, 1);
    if (!(from < to)) {
      throw new IllegalArgumentException("to must be after from = " + from + ", got " + to);
    }
    Worker worker = new Worker(drift, diffusion, start.clone());
    for (int k = 0; k < steps; k++) {
      double t = from + k * ((to - from) / steps);
      double next = k + 1 == steps ? to : from + (k + 1) * ((to - from) / steps);
      if (k < GENTLE && theta < 1) {
        for (int part = 0; part < 4; part++) {
          worker.step(t + part * (next - t) / 4, t + (part + 1) * (next - t) / 4, 1);
        }
      } else {
        worker.step(t, next, theta);
      }
    }
    return worker.p;
  }

  /** Owns the density and the tridiagonal system. */
  private final class Worker {
    private final Coefficient drift;
    private final Coefficient diffusion;
    private final double[] p;
    private final double[] right = new double[cells + 1]; // rate at which cell i-1 gives to cell i
    private final double[] left = new double[cells + 1]; // rate at which cell i gives to cell i-1
    private final double[] upper = new double[cells];
    private final double[] moved = new double[cells];

    Worker(Coefficient drift, Coefficient diffusion, double[] p) {
      this.drift = drift;
      this.diffusion = diffusion;
      this.p = p;
    }

    void step(double t, double next, double implicit) {
      double dt = next - t;
      if (implicit < 1) {
        rates(t);
        give((1 - implicit) * dt);
      }
      rates(next);
      solve(implicit * dt);
    }

    /** The rates over the inner borders; nothing crosses the ends. */
    private void rates(double t) {
      double h = width();
      for (int i = 1; i < cells; i++) {
        double x = low + i * h;
        double d = Check.positive("diffusion", diffusion.at(x, t));
        double slope = (diffusion.at(x + h / 2, t) - diffusion.at(x - h / 2, t)) / h;
        double w = (drift.at(x, t) - slope) * h / d;
        right[i] = d / h / h * bernoulli(-w);
        left[i] = d / h / h * bernoulli(w);
      }
    }

    private void give(double dt) {
      System.arraycopy(p, 0, moved, 0, cells);
      for (int i = 1; i < cells; i++) {
        double flux = dt * (right[i] * moved[i - 1] - left[i] * moved[i]);
        p[i - 1] -= flux;
        p[i] += flux;
      }
    }

    /** (I - dt A) p' = p by elimination (Thomas); A's columns sum to zero, so the mass stays. */
    private void solve(double dt) {
      double below = 0;
      double carried = 0;
      for (int i = 0; i < cells; i++) {
        double diagonal = 1 + dt * (left[i] + right[i + 1]);
        double pivot = i == 0 ? diagonal : diagonal + dt * right[i] * below;
        carried = (p[i] + (i == 0 ? 0 : dt * right[i] * carried)) / pivot;
        below = i + 1 < cells ? -dt * left[i + 1] / pivot : 0;
        upper[i] = below;
        moved[i] = carried;
      }
      p[cells - 1] = moved[cells - 1];
      for (int i = cells - 2; i >= 0; i--) {
        p[i] = moved[i] - upper[i] * p[i + 1];
      }
    }
  }

  /** z/(e^z - 1). */
  private static double bernoulli(double z) {
    return Math.abs(z) < 1e-8 ? 1 - z / 2 : z / StrictMath.expm1(z);
  }
}
