package dev.langevin.theory;

import dev.langevin.diffusion.Noising;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The law of dX = μ(X, t) dt + √(2D(X, t)) dB on an interval that nothing leaves: ∂_t p = -∂_x(μp) + ∂²_x(Dp), by finite volumes. Through the face between cells i and i + 1, of width w,
 *
 * <pre>
 *   F = [B(-q) D_i p_i - B(q) D_{i+1} p_{i+1}]/w,   q = wμ/D at the face,   B(q) = q/(e<sup>q</sup> - 1)
 * </pre>
 *
 * <p>(Scharfetter &amp; Gummel 1969; Chang &amp; Cooper 1970): second order in w, and never an outflow from an empty cell. In time the trapezoidal rule (Crank &amp; Nicolson 1947) with the coefficients of the middle of the step, second order; or
 * the implicit rule, first order, which keeps densities positive at any step size (its matrix is an M-matrix). Both keep the mass to rounding. O(cells) per step.
 *
 * @param drift μ
 * @param diffusion D, positive
 * @param low left end
 * @param high right end
 * @param cells at least 3
 * @param stepSize the longest time step
 * @param implicit the implicit rule, else the trapezoidal one
 */
public record FokkerPlanck(
    Coefficient drift,
    Coefficient diffusion,
    double low,
    double high,
    int cells,
    double stepSize,
    boolean implicit) {
  /** A function of place and time. */
  @FunctionalInterface
  public interface Coefficient {
    /** Its value. */
    double at(double x, double t);
  }

  public FokkerPlanck {
    Check.finite("low", low);
    Check.positive("high - low", Check.finite("high", high) - low);
    Check.atLeast("cells", cells, 3);
    Check.positive("stepSize", stepSize);
  }

  /** Of dX = s(X) dt + √2 dB, with s = ∇ log p; by the trapezoidal rule. */
  public static FokkerPlanck langevin(
      DoubleUnaryOperator score, double low, double high, int cells, double stepSize) {
    return new FokkerPlanck(
        (x, t) -> score.applyAsDouble(x), (x, t) -> 1, low, high, cells, stepSize, false);
  }

  /** Of a noising process, dX = f X dt + g dB; by the trapezoidal rule. */
  public static FokkerPlanck forward(
      Noising noising, double low, double high, int cells, double stepSize) {
    return new FokkerPlanck(
        (x, t) -> noising.drift(t) * x,
        (x, t) -> 0.5 * noising.diffusion(t),
        low,
        high,
        cells,
        stepSize,
        false);
  }

  /**
   * Of its reversal from time T, dX = (g² s - f X) dr + g dB with r = T - t the time here; by the trapezoidal rule.
   *
   * @param score ∇ log q_t(x), or what is used in its place
   * @param horizon T
   */
  public static FokkerPlanck reverse(
      Noising noising,
      Coefficient score,
      double horizon,
      double low,
      double high,
      int cells,
      double stepSize) {
    Check.positive("horizon", horizon);
    return new FokkerPlanck(
        (x, r) -> {
          double t = horizon - r;
          return noising.diffusion(t) * score.at(x, t) - noising.drift(t) * x;
        },
        (x, r) -> 0.5 * noising.diffusion(horizon - r),
        low,
        high,
        cells,
        stepSize,
        false);
  }

  /** The middles of the cells. */
  public double[] centres() {
    double[] x = new double[cells];
    Arrays.setAll(x, i -> low + (i + 0.5) * width());
    return x;
  }

  /** The width of a cell. */
  public double width() {
    return (high - low) / cells;
  }

  /** Mean values of a density over the cells, by Gauss and Legendre's rule of three points, scaled to mass 1. */
  public double[] averages(DoubleUnaryOperator density) {
    double[] x = centres();
    double reach = Math.sqrt(0.6) * 0.5 * width();
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      double sides = density.applyAsDouble(x[i] - reach) + density.applyAsDouble(x[i] + reach);
      x[i] = (5 * sides + 8 * density.applyAsDouble(x[i])) / 18;
      sum += x[i];
    }
    double mass = Check.positive("mass of the density on the interval", sum * width());
    for (int i = 0; i < cells; i++) {
      x[i] /= mass;
    }
    return x;
  }

  /**
   * The densities at chosen times.
   *
   * @param initial mean values over the cells at {@code times[0]}, for instance from {@link #averages}; zero or positive
   * @param times rising
   * @return one array of mean values for each time, the first a copy of {@code initial}
   */
  public double[][] densities(double[] initial, double[] times) {
    Check.length("initial", initial, cells);
    Check.atLeast("number of times", times.length, 1);
    double[][] out = new double[times.length][];
    out[0] = initial.clone();
    Sweep sweep = new Sweep(this);
    for (int k = 1; k < times.length; k++) {
      out[k] = out[k - 1].clone();
      double span =
          Check.positive("times[" + k + "] - times[" + (k - 1) + "]", times[k] - times[k - 1]);
      int steps = (int) Math.ceil(span / stepSize * (1 - 1e-12));
      for (int j = 0; j < steps; j++) {
        sweep.step(out[k], times[k - 1] + j * (span / steps), span / steps);
      }
    }
    return out;
  }

  /** q/(e^q - 1). */
  private static double bernoulli(double q) {
    return Math.abs(q) < 1e-8 ? 1 - 0.5 * q : q / StrictMath.expm1(q);
  }

  /** One time step, with the arrays it needs. */
  private static final class Sweep {
    private final FokkerPlanck recipe;
    private final double[] x;
    private final double[] right; // rate from i to i + 1
    private final double[] left; // rate from i + 1 to i
    private final double[] upper;
    private final double[] next;

    Sweep(FokkerPlanck recipe) {
      this.recipe = recipe;
      x = recipe.centres();
      right = new double[x.length];
      left = new double[x.length];
      upper = new double[x.length];
      next = new double[x.length];
    }

    void step(double[] p, double t, double h) {
      rates(recipe.implicit ? t + h : t + 0.5 * h);
      double now = recipe.implicit ? 0 : 0.5 * h;
      double then = h - now;
      int last = x.length - 1;
      for (int i = 0; i <= last; i++) {
        next[i] = p[i] * (1 - now * out(i));
        next[i] += i > 0 ? now * right[i - 1] * p[i - 1] : 0;
        next[i] += i < last ? now * left[i] * p[i + 1] : 0;
      }
      solve(then);
      System.arraycopy(next, 0, p, 0, p.length);
    }

    private double out(int i) {
      return (i < x.length - 1 ? right[i] : 0) + (i > 0 ? left[i - 1] : 0);
    }

    private void rates(double t) {
      double w = recipe.width();
      double here = recipe.diffusion.at(x[0], t);
      for (int i = 0; i + 1 < x.length; i++) {
        double face = x[i] + 0.5 * w;
        double q = w * recipe.drift.at(face, t) / recipe.diffusion.at(face, t);
        double there = recipe.diffusion.at(x[i + 1], t);
        right[i] = bernoulli(-q) * here / (w * w);
        left[i] = bernoulli(q) * there / (w * w);
        here = there;
      }
    }

    /** (I + then · L) p = next by elimination from left to right (Thomas). */
    private void solve(double then) {
      int last = x.length - 1;
      double below = 0;
      for (int i = 0; i <= last; i++) {
        double diagonal = 1 + then * out(i) - (i > 0 ? below * upper[i - 1] : 0);
        upper[i] = i < last ? -then * left[i] / diagonal : 0;
        next[i] = (next[i] - (i > 0 ? below * next[i - 1] : 0)) / diagonal;
        below = i < last ? -then * right[i] : 0;
      }
      for (int i = last - 1; i >= 0; i--) {
        next[i] -= upper[i] * next[i + 1];
      }
    }
  }
}
