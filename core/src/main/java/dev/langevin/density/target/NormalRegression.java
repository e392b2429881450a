package dev.langevin.density.target;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * The likelihood of a linear model with normal errors, y ~ N(Xβ, σ² I), by its sufficient statistics. With X = QR (Householder; R upper
 * triangular, k × k), z the first k entries of Qᵀy and S the sum of squares of the others,
 *
 * <pre>
 *   |y - Xβ|² = S + |z - Rβ|²
 *   log p = -n log σ - (S + |e|²)/(2σ²),     e = z - Rβ
 *   ∂/∂β = Rᵀe/σ²,     ∂/∂log σ = -n + (S + |e|²)/σ²
 * </pre>
 *
 * <p>Exact for every β, and as accurate as the sum over the rows: nothing is squared before the orthogonal Q has been taken off (forming XᵀX
 * would square the condition number). Making one costs O(n k²), once; an evaluation O(k²) whatever n is, without allocation. Immutable.
 */
final class NormalRegression {
  private final int rows;
  private final int k;
  private final double[] upper; // R, row by row, k(k+1)/2 entries
  private final double[] projected; // z
  private final double residual; // S

  /**
   * Reduces a data set.
   *
   * @param columns the columns of X, k of n numbers each, n at least k; overwritten
   * @param y the n responses; overwritten
   */
  NormalRegression(double[][] columns, double[] y) {
    this.rows = y.length;
    this.k = columns.length;
    Check.atLeast("number of observations", rows, k);
    for (double[] column : columns) {
      Check.length("column", column, rows);
    }
    this.upper = new double[k * (k + 1) / 2];
    for (int j = 0; j < k; j++) {
      reflect(columns, y, j);
    }
    for (int i = 0, at = 0; i < k; i++) {
      for (int j = i; j < k; j++) {
        upper[at++] = columns[j][i];
      }
    }
    this.projected = Arrays.copyOf(y, k);
    this.residual = squares(y, k);
  }

  /** Takes column j to the diagonal by the reflection I - 2vvᵀ/|v|², v = a - αe_j (Golub &amp; Van Loan, algorithm 5.2.1). */
  private static void reflect(double[][] columns, double[] y, int j) {
    double[] v = columns[j].clone();
    double alpha = -Math.copySign(Math.sqrt(squares(v, j)), v[j]);
    v[j] -= alpha;
    double square = squares(v, j);
    if (square == 0) {
      return; // a zero column
    }
    for (int c = j; c < columns.length; c++) {
      mirror(columns[c], v, square, j);
    }
    mirror(y, v, square, j);
  }

  private static void mirror(double[] a, double[] v, double square, int from) {
    double dot = 0;
    for (int i = from; i < a.length; i++) {
      dot += v[i] * a[i];
    }
    double factor = 2 * dot / square;
    for (int i = from; i < a.length; i++) {
      a[i] -= factor * v[i];
    }
  }

  private static double squares(double[] a, int from) {
    double sum = 0;
    for (int i = from; i < a.length; i++) {
      sum += a[i] * a[i];
    }
    return sum;
  }

  /** k, the number of coefficients. */
  int coefficients() {
    return k;
  }

  /**
   * Returns the log likelihood up to a constant.
   *
   * @param x β in {@code x[0 … k-1]} and log σ in {@code x[k]}
   * @param gradient its first k+1 entries are overwritten
   */
  double logLikelihood(double[] x, double[] gradient) {
    double logSigma = x[k];
    double precision = StrictMath.exp(-2 * logSigma);
    double squares = residual;
    Arrays.fill(gradient, 0, k, 0.0);
    for (int i = 0, row = 0; i < k; row += k - i, i++) {
      double e = error(x, i, row);
      squares += e * e;
      double scaled = e * precision;
      for (int j = i; j < k; j++) {
        gradient[j] += upper[row + j - i] * scaled;
      }
    }
    if (squares == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    gradient[k] = squares * precision - rows;
    return -rows * logSigma - 0.5 * squares * precision;
  }

  /** e_i = z_i - Σ_{j ≥ i} R_ij β_j. */
  private double error(double[] x, int i, int row) {
    double fitted = 0;
    for (int j = i; j < k; j++) {
      fitted += upper[row + j - i] * x[j];
    }
    return projected[i] - fitted;
  }
}
