package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * One normal law N(μ, Σ) and its posterior means under noise. With Σ = EᵀΛE and u = E(y - μ):
 *
 * <pre>
 *   log N(y; μ, Σ + σ²I) = -½ Σ_i [u_i²/(λ_i + σ²) + ln(λ_i + σ²)] - ½ d ln 2π
 *   E[x₀ | y] = μ + Eᵀ (λ_i/(λ_i + σ²) u_i)_i
 * </pre>
 *
 * <p>The gain form has no difference of large numbers at any σ. What depends on σ only is computed once per level. The constant -½ d ln 2π is left out. One class for
 * each shape of Σ, since they differ in what they need to keep: a number, d numbers, or E.
 */
abstract sealed class NoisedNormal permits RoundNormal, DiagonalNormal, FullNormal {
  /** μ, not to be written to. */
  final double[] mean;

  NoisedNormal(double[] mean) {
    this.mean = mean;
  }

  /**
   * The cheapest form.
   *
   * @param mean μ, length d, finite; kept
   * @param covariance Σ, {@code d × d}, symmetric without negative eigenvalues
   */
  static NoisedNormal of(double[] mean, double[][] covariance) {
    requireSymmetric(covariance, mean.length);
    return isDiagonal(covariance)
        ? diagonal(mean, diagonalOf(covariance))
        : new FullNormal(mean, covariance);
  }

  /**
   * With Σ = diag(variances).
   *
   * @param mean μ, length d, finite; kept
   * @param variances zero or positive, length d; kept
   */
  static NoisedNormal diagonal(double[] mean, double[] variances) {
    Check.allFinite("mean", mean);
    clip(Check.allFinite("variances", Check.length("variances", variances, mean.length)));
    for (double variance : variances) {
      if (variance != variances[0]) {
        return new DiagonalNormal(mean, variances);
      }
    }
    return new RoundNormal(mean, variances[0]);
  }

  private static void requireSymmetric(double[][] covariance, int d) {
    if (covariance.length != d) {
      throw new IllegalArgumentException(
          "covariance must have " + d + " rows, as mean, got " + covariance.length);
    }
    for (int i = 0; i < d; i++) {
      Check.length("covariance[" + i + "]", covariance[i], d);
      Check.allFinite("covariance[" + i + "]", covariance[i]);
      for (int j = 0; j < i; j++) {
        double bound = 1e-9 * Math.sqrt(Math.abs(covariance[i][i] * covariance[j][j]));
        if (Math.abs(covariance[i][j] - covariance[j][i]) > bound) {
          throw new IllegalArgumentException(
              "covariance must be symmetric, got ["
                  + (i + "][" + j + "] = " + covariance[i][j])
                  + (", [" + j + "][" + i + "] = " + covariance[j][i]));
        }
      }
    }
  }

  private static boolean isDiagonal(double[][] covariance) {
    for (int i = 0; i < covariance.length; i++) {
      for (int j = 0; j < covariance.length; j++) {
        if (i != j && covariance[i][j] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static double[] diagonalOf(double[][] covariance) {
    double[] diagonal = new double[covariance.length];
    for (int i = 0; i < diagonal.length; i++) {
      diagonal[i] = covariance[i][i];
    }
    return diagonal;
  }

  /** Rounding may leave an eigenvalue of a singular covariance a little below 0; more than that is refused. */
  static void clip(double[] lambda) {
    double largest = 0;
    for (double value : lambda) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < lambda.length; i++) {
      if (lambda[i] < -1e-10 * largest) {
        throw new IllegalArgumentException(
            "covariance must not have negative eigenvalues, got " + lambda[i]);
      }
      lambda[i] = Math.max(0, lambda[i]);
    }
  }

  /** Fills λ_i/(λ_i + σ²) and 1/√(λ_i + σ²), and returns -½ Σ_i ln(λ_i + σ²). */
  static double level(double[] lambda, double variance, double[] gain, double[] inverseSd) {
    for (int i = 0; i < lambda.length; i++) {
      double total = lambda[i] + variance;
      gain[i] = lambda[i] / total;
      inverseSd[i] = 1 / Math.sqrt(total);
    }
    return logConstant(lambda, variance);
  }

  /** -½ Σ_i ln(λ_i + σ²), compensated (Kahan 1965): thousands of nearly equal terms would all round the same way. */
  private static double logConstant(double[] lambda, double variance) {
    double logs = 0;
    double lost = 0;
    for (double value : lambda) {
      double term = StrictMath.log(value + variance) - lost;
      double sum = logs + term;
      lost = sum - logs - term;
      logs = sum;
    }
    return -0.5 * logs;
  }

  final int dimension() {
    return mean.length;
  }

  /** An equal one with scratch arrays of its own. */
  abstract NoisedNormal fork();

  /** Prepares for the noise level σ = √{@code variance}. */
  abstract void level(double variance);

  /** Looks at the point {@code y[from …]} and returns its log density, less the constant. */
  abstract double weigh(double[] y, int from);

  /** Adds {@code share} · E[x₀ | y] of the point last looked at, which is still at {@code y[from …]}, to {@code out[from …]}. */
  abstract void add(double share, double[] y, int from, double[] out);

  /** Adds {@code share} · σ(Σ + σ²I)⁻¹(y - μ), which is (y - E[x₀ | y])/σ without a difference, to {@code out}. */
  abstract void addPull(double share, double[] y, int from, double[] out);

  /** Adds {@code share} · Σ(Σ + σ²I)⁻¹ v, the own Jacobian's product, to {@code out[from …]}. */
  abstract void addGain(double share, double[] v, double[] out, int from);
}
