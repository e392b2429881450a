package dev.langevin.density.target;

/**
 * The factor L of a symmetric positive definite matrix, A = L Lᵀ, L lower triangular with a positive diagonal. Immutable.
 *
 * <p>d(d+1)/2 numbers, row by row. Making one takes d³/6 multiplications, everything else d²/2.
 */
final class Cholesky {
  private final int d;
  private final double[] factor;

  private Cholesky(int d, double[] factor) {
    this.d = d;
    this.factor = factor;
  }

  /**
   * Factors {@code matrix} (Cholesky–Banachiewicz, by rows).
   *
   * @throws IllegalArgumentException if it is not square, symmetric (to 1e-9 relative), finite and positive definite
   */
  static Cholesky of(String name, double[][] matrix) {
    requireSymmetric(name, matrix);
    int d = matrix.length;
    double[] factor = new double[d * (d + 1) / 2];
    for (int i = 0; i < d; i++) {
      int row = row(i);
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j] - dot(factor, row, factor, row(j), j);
        if (i != j) {
          factor[row + j] = rest / factor[row(j) + j];
        } else if (rest > 0) {
          factor[row + i] = Math.sqrt(rest);
        } else {
          throw new IllegalArgumentException(
              name + " must be positive definite, but pivot " + i + " is " + rest);
        }
      }
    }
    return new Cholesky(d, factor);
  }

  private static void requireSymmetric(String name, double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      if (matrix[i].length != matrix.length) {
        throw new IllegalArgumentException(
            name
                + " must be square, but row "
                + i
                + " of "
                + matrix.length
                + " has "
                + matrix[i].length
                + " entries");
      }
      for (int j = 0; j < i; j++) {
        double scale = Math.sqrt(Math.abs(matrix[i][i] * matrix[j][j]));
        if (!(Math.abs(matrix[i][j] - matrix[j][i]) <= 1e-9 * scale)) {
          throw new IllegalArgumentException(
              name
                  + " must be symmetric, got "
                  + matrix[i][j]
                  + " at ("
                  + i
                  + ", "
                  + j
                  + ") and "
                  + matrix[j][i]
                  + " at ("
                  + j
                  + ", "
                  + i
                  + ")");
        }
      }
    }
  }

  /** Where row i of the factor starts. */
  private static int row(int i) {
    return i * (i + 1) / 2;
  }

  private static double dot(double[] a, int aFrom, double[] b, int bFrom, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  int dimension() {
    return d;
  }

  /** log det A = 2 Σ log L_ii. */
  double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      sum += StrictMath.log(factor[row(i) + i]);
    }
    return 2 * sum;
  }

  /** Writes L z into {@code out}, which may be {@code z}. */
  void multiply(double[] z, double[] out) {
    for (int i = d - 1; i >= 0; i--) {
      out[i] = dot(factor, row(i), z, 0, i + 1);
    }
  }

  /** Overwrites r by L⁻¹ r and returns |L⁻¹ r|² = rᵀ A⁻¹ r. */
  double solveLower(double[] r) {
    double square = 0;
    for (int i = 0; i < d; i++) {
      int row = row(i);
      r[i] = (r[i] - dot(factor, row, r, 0, i)) / factor[row + i];
      square += r[i] * r[i];
    }
    return square;
  }

  /** Overwrites w by L⁻ᵀ w. */
  void solveUpper(double[] w) {
    for (int i = d - 1; i >= 0; i--) {
      int row = row(i);
      double solved = w[i] / factor[row + i];
      w[i] = solved;
      for (int j = 0; j < i; j++) {
        w[j] -= factor[row + j] * solved;
      }
    }
  }
}
