package dev.langevin.density.target;

import dev.langevin.math.Check;
import dev.langevin.math.SumOfSquares;
import java.util.Arrays;

/**
 * A covariance matrix Σ in the cheapest form that holds it: s² I, a diagonal, or a full matrix with its Cholesky factor.
 * Immutable.
 */
sealed interface Covariance {
  /** log(2π)/2. */
  double HALF_LOG_TWO_PI = 0.9189385332046727;

  /** Overwrites {@code r} by Σ⁻¹ r and returns rᵀ Σ⁻¹ r. */
  double solve(double[] r);

  /** log det Σ. */
  double logDeterminant();

  /** Overwrites standard normal {@code z} by S z with S Sᵀ = Σ. */
  void colour(double[] z);

  /** a² Σ + b² I. */
  Covariance noised(double a, double b);

  /** Σ in full, a fresh copy. */
  double[][] matrix();

  /** The diagonal of Σ, a fresh copy. */
  double[] variances();

  CovarianceShape shape();

  /** The constant of the normal log density, -(d log 2π + log det Σ)/2. */
  default double logConstant(int d) {
    return -d * HALF_LOG_TWO_PI - 0.5 * logDeterminant();
  }

  /**
   * The cheapest form of {@code matrix}.
   *
   * @throws IllegalArgumentException if it is not symmetric, finite and positive definite of order {@code d}
   */
  static Covariance of(String name, double[][] matrix, int d) {
    if (matrix.length != d) {
      throw new IllegalArgumentException(
          name + " must have " + d + " rows and columns, got " + matrix.length + " rows");
    }
    for (double[] row : matrix) {
      Check.allFinite(name, row);
    }
    return isDiagonal(matrix) ? ofVariances(name, diagonal(matrix)) : Dense.of(name, matrix);
  }

  private static boolean isDiagonal(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        if (i != j && matrix[i][j] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static double[] diagonal(double[][] matrix) {
    double[] diagonal = new double[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      Check.length(name(i), matrix[i], matrix.length);
      diagonal[i] = matrix[i][i];
    }
    return diagonal;
  }

  private static String name(int row) {
    return "row " + row + " of the covariance";
  }

  /** diag(sds²), each of d sds positive. */
  static Covariance ofSds(String name, double[] sds, int d) {
    Check.length(name, sds, d);
    double[] variances = new double[d];
    for (int i = 0; i < d; i++) {
      if (!(sds[i] > 0)) {
        Check.positive(name + "[" + i + "]", sds[i]);
      }
      variances[i] = sds[i] * sds[i];
    }
    return ofVariances(name, variances);
  }

  /** diag(variances), each positive; copied. */
  static Covariance ofVariances(String name, double[] variances) {
    String each = "each variance of " + name;
    boolean equal = true;
    for (double variance : variances) {
      Check.positive(each, variance);
      equal &= variance == variances[0];
    }
    return equal ? new Isotropic(variances.length, variances[0]) : new Diagonal(variances.clone());
  }

  /** s² I. */
  record Isotropic(int d, double variance) implements Covariance {
    public Isotropic {
      Check.positive("variance", variance);
    }

    @Override
    public double solve(double[] r) {
      double precision = 1 / variance;
      double square = SumOfSquares.of(r) * precision;
      for (int i = 0; i < d; i++) {
        r[i] *= precision;
      }
      return square;
    }

    @Override
    public double logDeterminant() {
      return d * StrictMath.log(variance);
    }

    @Override
    public void colour(double[] z) {
      double sd = Math.sqrt(variance);
      for (int i = 0; i < d; i++) {
        z[i] *= sd;
      }
    }

    @Override
    public Covariance noised(double a, double b) {
      return new Isotropic(d, a * a * variance + b * b);
    }

    @Override
    public double[][] matrix() {
      return spread(variances());
    }

    @Override
    public double[] variances() {
      double[] variances = new double[d];
      Arrays.fill(variances, variance);
      return variances;
    }

    @Override
    public CovarianceShape shape() {
      return CovarianceShape.ISOTROPIC;
    }
  }

  /** A diagonal matrix. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  record Diagonal(double[] diagonal) implements Covariance {
    @Override
    public double solve(double[] r) {
      double square = 0;
      for (int i = 0; i < diagonal.length; i++) {
        double solved = r[i] / diagonal[i];
        square += r[i] * solved;
        r[i] = solved;
      }
      return square;
    }

    @Override
    public double logDeterminant() {
      double sum = 0;
      for (double variance : diagonal) {
        sum += StrictMath.log(variance);
      }
      return sum;
    }

    @Override
    public void colour(double[] z) {
      for (int i = 0; i < diagonal.length; i++) {
        z[i] *= Math.sqrt(diagonal[i]);
      }
    }

    @Override
    public Covariance noised(double a, double b) {
      double[] noised = new double[diagonal.length];
      for (int i = 0; i < noised.length; i++) {
        noised[i] = a * a * diagonal[i] + b * b;
      }
      return ofVariances("covariance", noised);
    }

    @Override
    public double[][] matrix() {
      return spread(diagonal);
    }

    @Override
    public double[] variances() {
      return diagonal.clone();
    }

    @Override
    public CovarianceShape shape() {
      return CovarianceShape.DIAGONAL;
    }
  }

  /** A full matrix and its factor. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  record Dense(double[][] full, Cholesky cholesky) implements Covariance {
    static Dense of(String name, double[][] matrix) {
      Cholesky cholesky = Cholesky.of(name, matrix);
      return new Dense(copy(matrix), cholesky);
    }

    @Override
    public double solve(double[] r) {
      double square = cholesky.solveLower(r);
      cholesky.solveUpper(r);
      return square;
    }

    @Override
    public double logDeterminant() {
      return cholesky.logDeterminant();
    }

    @Override
    public void colour(double[] z) {
      cholesky.multiply(z, z);
    }

    @Override
    public Covariance noised(double a, double b) {
      double[][] noised = copy(full);
      for (int i = 0; i < noised.length; i++) {
        for (int j = 0; j < noised.length; j++) {
          noised[i][j] *= a * a;
        }
        noised[i][i] += b * b;
      }
      return Covariance.of("covariance", noised, noised.length);
    }

    @Override
    public double[][] matrix() {
      return copy(full);
    }

    @Override
    public double[] variances() {
      return Covariance.diagonal(full);
    }

    @Override
    public CovarianceShape shape() {
      return CovarianceShape.FULL;
    }
  }

  private static double[][] spread(double[] diagonal) {
    double[][] matrix = new double[diagonal.length][diagonal.length];
    for (int i = 0; i < diagonal.length; i++) {
      matrix[i][i] = diagonal[i];
    }
    return matrix;
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }
}
