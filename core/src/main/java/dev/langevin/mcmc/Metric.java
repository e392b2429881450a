package dev.langevin.mcmc;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * A mass matrix M, given by its inverse: M⁻¹ best equals the target's covariance. Immutable, so it may be shared by kernels.
 *
 * <p>Kernels use a root S of M⁻¹ = S Sᵀ only. With w = Sᵀ p, momenta are N(0, I), the kinetic energy is |w|²/2, and the equations
 * of motion are dw = Sᵀ g dt, dx = S w dt (Neal 2011, section 4.1: transforming the momentum by M is transforming the position by
 * a root of M⁻¹). So a kernel needs two operations, {@link #kick} and {@link #move}, and works in coordinates in which the target is
 * nearly standard.
 *
 * <table>
 *   <caption>The forms</caption>
 *   <tr><th>form</th><th>S</th><th>cost of an operation</th></tr>
 *   <tr><td>{@link #identity}, {@link #diagonal}</td><td>diag(s)</td><td>O(d)</td></tr>
 *   <tr><td>{@link #lowRank}</td><td>diag(s) (I + U (Λ<sup>1/2</sup> - I) Uᵀ), U of k orthonormal columns</td><td>O(d k)</td></tr>
 *   <tr><td>{@link #dense}</td><td>the Cholesky factor of M⁻¹</td><td>O(d²)</td></tr>
 * </table>
 */
public abstract sealed class Metric permits DiagonalMetric, LowRankMetric, DenseMetric {
  Metric() {}

  /** M = I in d dimensions. */
  public static Metric identity(int dimension) {
    double[] inverse = new double[Check.atLeast("dimension", dimension, 1)];
    Arrays.fill(inverse, 1);
    return new DiagonalMetric(inverse);
  }

  /**
   * The metric with this diagonal of M⁻¹.
   *
   * @param inverse d variances, positive and finite; copied
   */
  public static Metric diagonal(double... inverse) {
    return new DiagonalMetric(variances(inverse));
  }

  /**
   * The metric M⁻¹ = diag(s) (I + U (Λ - I) Uᵀ) diag(s), s = √{@code inverse}: a diagonal one that is corrected in k directions.
   *
   * @param inverse d variances s², positive and finite; copied
   * @param vectors the columns of U, {@code [k][d]}, orthonormal; copied
   * @param values the k eigenvalues of Λ, positive and finite; copied
   */
  public static Metric lowRank(double[] inverse, double[][] vectors, double[] values) {
    return new LowRankMetric(variances(inverse), vectors, values);
  }

  /**
   * The metric with this M⁻¹.
   *
   * @param inverse {@code [d][d]}, symmetric (its lower triangle is read) and positive definite; copied
   * @throws IllegalArgumentException if it is not positive definite
   */
  public static Metric dense(double[][] inverse) {
    return DenseMetric.of(inverse);
  }

  private static double[] variances(double[] inverse) {
    Check.atLeast("inverse.length", inverse.length, 1);
    for (int i = 0; i < inverse.length; i++) {
      Check.positive("inverse[" + i + "]", inverse[i]);
    }
    return inverse.clone();
  }

  /** d, the number of coordinates. */
  public abstract int dimension();

  /** The diagonal of M⁻¹; a copy. */
  public abstract double[] inverse();

  /**
   * w ← w + c Sᵀ g: what a force does to a momentum.
   *
   * @param w length d, in the metric's units; written to
   * @param g length d, in the target's units
   */
  public abstract void kick(double[] w, double[] g, double c);

  /**
   * {@code out} ← x + c S w: what a momentum does to a position.
   *
   * @param x length d, in the target's units
   * @param w length d, in the metric's units
   * @param out length d; may be {@code x} itself
   */
  public abstract void move(double[] x, double[] w, double c, double[] out);

  /** All that {@link #of} needs to make this metric again, to the last bit; a copy. */
  public abstract double[] numbers();

  /**
   * The metric that {@link #numbers} told of.
   *
   * @throws IllegalArgumentException if these are not the numbers of a metric
   */
  public static Metric of(double[] numbers) {
    double form = numbers.length == 0 ? Double.NaN : numbers[0];
    double[] rest = Arrays.copyOfRange(numbers, Math.min(1, numbers.length), numbers.length);
    if (form == DiagonalMetric.FORM) {
      return diagonal(rest);
    }
    if (form == LowRankMetric.FORM) {
      return LowRankMetric.ofNumbers(rest);
    }
    if (form == DenseMetric.FORM) {
      return DenseMetric.ofFactor(rest);
    }
    throw new IllegalArgumentException("numbers must begin with the form of a metric, got " + form);
  }

  /** The form and then the values, for {@link #numbers}. */
  static double[] numbers(double form, double[]... parts) {
    int length = 1;
    for (double[] part : parts) {
      length += part.length;
    }
    double[] all = new double[length];
    all[0] = form;
    int at = 1;
    for (double[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
