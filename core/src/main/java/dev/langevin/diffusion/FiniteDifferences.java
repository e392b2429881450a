package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * Makes a {@link DifferentiableDenoiser} of any denoiser by central differences along unit directions u (Nocedal &amp; Wright 2006, section 8.1):
 *
 * <p>Ju ≈ (D(y + hu) - D(y - hu))/2h, h = c (σ²ρ)<sup>1/3</sup>, ρ² = σ² + |y|²/d
 *
 * <p>Two ways to Jᵀv:
 *
 * <ul>
 *   <li>{@link #symmetric}: Jv itself, 2 evaluations besides D(y). Right where J is symmetric, as that of every posterior mean is. Otherwise the answer is off by (J - Jᵀ)v.
 *   <li>{@link #any}: column after column of J, so 2d evaluations besides D(y). Right for every denoiser.
 * </ul>
 *
 * <p>Error of Jv relative to |v|: h²/6 times the third derivative of D along u, which is about (h/σ)²/6 = c²(ρ/σ)<sup>2/3</sup>/6 where D bends on the length σ, plus
 * the rounding of D, about δρ/h with δ its relative precision. c = δ<sup>1/3</sup> balances them. In double precision both are near 1e-10 at ρ = σ. Where D bends on a
 * shorter length than h, differences are wrong. With {@link #any} the relation is to |v|√d at worst.
 *
 * <p>A zero direction gives zero. Owns scratch arrays, which grow to the largest batch seen: one per thread.
 */
public final class FiniteDifferences implements DifferentiableDenoiser {
  /** c for denoisers that compute in double precision, (2<sup>-51</sup>)<sup>1/3</sup>. */
  public static final double DOUBLE_PRECISION = 0x1p-17;

  /** c for denoisers that compute in single precision, as networks do, (2<sup>-21</sup>)<sup>1/3</sup>. */
  public static final double SINGLE_PRECISION = 0x1p-7;

  private final Denoiser denoiser;
  private final boolean symmetric;
  private final double relativeStep;
  private double[] steps = new double[0]; // of each row: h/|u|, 0 where u is zero
  private double[] moved = new double[0];
  private double[] direction = new double[0]; // a coordinate's, for every row
  private double[] plus = new double[0];
  private double[] minus = new double[0];

  private FiniteDifferences(Denoiser denoiser, boolean symmetric, double relativeStep) {
    this.denoiser = denoiser;
    this.symmetric = symmetric;
    this.relativeStep = Check.inside("relativeStep", relativeStep, 0, 1);
  }

  /**
   * Of a denoiser whose Jacobian is symmetric, or near enough.
   *
   * @param denoiser a posterior mean, exact or learned
   * @param relativeStep c, between 0 and 1
   */
  public static FiniteDifferences symmetric(Denoiser denoiser, double relativeStep) {
    return new FiniteDifferences(denoiser, true, relativeStep);
  }

  /**
   * Of any denoiser.
   *
   * @param denoiser whatever it returns
   * @param relativeStep c, between 0 and 1
   */
  public static FiniteDifferences any(Denoiser denoiser, double relativeStep) {
    return new FiniteDifferences(denoiser, false, relativeStep);
  }

  @Override
  public int dimension() {
    return denoiser.dimension();
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    denoiser.denoise(y, rows, sigma, out);
  }

  @Override
  public void pullBack(
      double[] y, int rows, double sigma, double[] v, double[] denoised, double[] out) {
    denoise(y, rows, sigma, denoised);
    grow(rows);
    if (symmetric) {
      for (int r = 0; r < rows; r++) {
        double length = norm(v, r);
        steps[r] = length == 0 ? 0 : step(y, r, sigma) / length;
      }
      difference(y, rows, sigma, v);
      System.arraycopy(plus, 0, out, 0, rows * dimension());
    } else {
      columns(y, rows, sigma, v, out);
    }
  }

  /** Column j of J is its product with e_j; (Jᵀv)_j is that column times v. */
  private void columns(double[] y, int rows, double sigma, double[] v, double[] out) {
    int d = dimension();
    for (int r = 0; r < rows; r++) {
      steps[r] = step(y, r, sigma);
    }
    for (int j = 0; j < d; j++) {
      Arrays.fill(direction, 0, rows * d, 0);
      for (int r = 0; r < rows; r++) {
        direction[r * d + j] = 1;
      }
      difference(y, rows, sigma, direction);
      for (int r = 0; r < rows; r++) {
        double sum = 0;
        for (int i = r * d; i < (r + 1) * d; i++) {
          sum += plus[i] * v[i];
        }
        out[r * d + j] = sum;
      }
    }
  }

  /** Leaves Ju in {@link #plus}, u the rows of {@code u}, each moved along by its step. */
  private void difference(double[] y, int rows, double sigma, double[] u) {
    evaluate(y, rows, sigma, u, 1, plus);
    evaluate(y, rows, sigma, u, -1, minus);
    int d = dimension();
    for (int i = 0; i < rows * d; i++) {
      double step = steps[i / d];
      plus[i] = step == 0 ? 0 : (plus[i] - minus[i]) / (2 * step);
    }
  }

  private void evaluate(double[] y, int rows, double sigma, double[] u, int side, double[] result) {
    int d = dimension();
    for (int i = 0; i < rows * d; i++) {
      moved[i] = y[i] + side * steps[i / d] * u[i];
    }
    denoiser.denoise(moved, rows, sigma, result);
  }

  private double step(double[] y, int row, double sigma) {
    double length = norm(y, row);
    double rho = Math.sqrt(sigma * sigma + length * length / dimension());
    return relativeStep * StrictMath.cbrt(sigma * sigma * rho);
  }

  private double norm(double[] values, int row) {
    int d = dimension();
    double sum = 0;
    for (int i = row * d; i < (row + 1) * d; i++) {
      sum += values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  private void grow(int rows) {
    if (steps.length < rows) {
      steps = new double[rows];
      moved = new double[rows * dimension()];
      direction = new double[symmetric ? 0 : rows * dimension()];
      plus = new double[rows * dimension()];
      minus = new double[rows * dimension()];
    }
  }
}
