package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * One normal law N(μ, Σ) and its posterior means under noise. With Σ = EᵀΛE and u = E(y - μ):
 *
 * <pre>
 *   log N(y; μ, Σ + σ²I) = -½ Σ_i [u_i²/(λ_i + σ²) + ln(λ_i + σ²)] - ½ d ln 2π
 *   E[x₀ | y] = μ + Eᵀ (λ_i/(λ_i + σ²) u_i)_i
 * </pre>
 *
 * <p>The gain form has no difference of large numbers at any σ. E is left out where Σ is diagonal: O(d) per row, otherwise O(d²).
 * Everything that depends on σ only is computed once per level. The constant -½ d ln 2π is left out.
 */
final class NoisedNormal {
  private final double[] mean;
  private final double[] lambda;
  private final double[]
      basis; // E, row-major: row i is the i-th eigenvector; empty where Σ is diagonal

  private final double[] gain; // λ/(λ + σ²)
  private final double[] inverseSd; // 1/√(λ + σ²)
  private final double[] shrunk; // gain · u of the last point
  private final double[] pull; // σ/(λ + σ²)
  private double logConstant;

  NoisedNormal(double[] mean, double[][] covariance) {
    int d = mean.length;
    this.mean = Check.allFinite("mean", mean).clone();
    requireSymmetric(covariance, d);
    lambda = new double[d];
    basis = isDiagonal(covariance) ? new double[0] : new double[d * d];
    if (basis.length == 0) {
      for (int i = 0; i < d; i++) {
        lambda[i] = covariance[i][i];
      }
    } else {
      decompose(covariance);
    }
    clip();
    gain = new double[d];
    inverseSd = new double[d];
    shrunk = new double[d];
    pull = new double[d];
  }

  private NoisedNormal(NoisedNormal twin) {
    mean = twin.mean;
    lambda = twin.lambda;
    basis = twin.basis;
    int d = mean.length;
    gain = new double[d];
    inverseSd = new double[d];
    shrunk = new double[d];
    pull = new double[d];
  }

  /** An equal one with scratch arrays of its own. */
  NoisedNormal fork() {
    return new NoisedNormal(this);
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

  private void decompose(double[][] covariance) {
    int d = mean.length;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(new DMatrixRMaj(covariance))) {
      throw new IllegalArgumentException("covariance has no eigenvalues that converge");
    }
    for (int i = 0; i < d; i++) {
      lambda[i] = eigen.getEigenvalue(i).getReal();
      DMatrixRMaj vector = eigen.getEigenVector(i);
      System.arraycopy(vector.data, 0, basis, i * d, d);
    }
  }

  /** Rounding may leave an eigenvalue of a singular covariance a little below 0; more than that is refused. */
  private void clip() {
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

  int dimension() {
    return mean.length;
  }

  /** Prepares for the noise level σ = √{@code variance}. */
  void level(double variance) {
    double logs =
        0; // compensated (Kahan 1965): thousands of nearly equal terms would all round the same way
    double lost = 0;
    for (int i = 0; i < lambda.length; i++) {
      double total = lambda[i] + variance;
      gain[i] = lambda[i] / total;
      inverseSd[i] = 1 / Math.sqrt(total);
      pull[i] = Math.sqrt(variance) / total;
      double term = StrictMath.log(total) - lost;
      double sum = logs + term;
      lost = sum - logs - term;
      logs = sum;
    }
    logConstant = -0.5 * logs;
  }

  /** Looks at the point {@code y[from …]} and returns its log density, less the constant. */
  double weigh(double[] y, int from) {
    centre(y, from);
    double quadratic = quadratic();
    for (int i = 0; i < mean.length; i++) {
      shrunk[i] *= gain[i];
    }
    return logConstant - 0.5 * quadratic;
  }

  /** Σ_i u_i²/(λ_i + σ²); four accumulators, so that no addition waits for the one before. */
  private double quadratic() {
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    int i = 0;
    for (; i + 3 < shrunk.length; i += 4) {
      double s = shrunk[i] * inverseSd[i];
      double t = shrunk[i + 1] * inverseSd[i + 1];
      double u = shrunk[i + 2] * inverseSd[i + 2];
      double v = shrunk[i + 3] * inverseSd[i + 3];
      a += s * s;
      b += t * t;
      c += u * u;
      e += v * v;
    }
    for (; i < shrunk.length; i++) {
      double s = shrunk[i] * inverseSd[i];
      a += s * s;
    }
    return (a + b) + (c + e);
  }

  /** Leaves E(y - μ) in {@link #shrunk}. */
  private void centre(double[] y, int from) {
    if (basis.length == 0) {
      for (int i = 0; i < mean.length; i++) {
        shrunk[i] = y[from + i] - mean[i];
      }
    } else {
      rotate(y, from);
    }
  }

  private void rotate(double[] y, int from) {
    int d = mean.length;
    for (int i = 0; i < d; i++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += basis[i * d + j] * (y[from + j] - mean[j]);
      }
      shrunk[i] = sum;
    }
  }

  /** Adds {@code share} · E[x₀ | y] of the point last looked at to {@code out[from …]}. */
  void add(double share, double[] out, int from) {
    int d = mean.length;
    if (basis.length == 0) {
      for (int j = 0; j < d; j++) {
        out[from + j] += share * (mean[j] + shrunk[j]);
      }
      return;
    }
    for (int j = 0; j < d; j++) {
      out[from + j] += share * mean[j];
    }
    for (int i = 0; i < d; i++) {
      double u = share * shrunk[i];
      for (int j = 0; j < d; j++) {
        out[from + j] += u * basis[i * d + j];
      }
    }
  }

  /** Adds {@code share} · σ(Σ + σ²I)⁻¹(y - μ), which is (y - E[x₀ | y])/σ without a difference, to {@code out}. */
  void addPull(double share, double[] y, int from, double[] out) {
    centre(y, from);
    addScaled(share, pull, out, 0);
  }

  /** Adds {@code share} · Σ(Σ + σ²I)⁻¹ v, the own Jacobian's product, to {@code out[from …]}. */
  void addGain(double share, double[] v, double[] out, int from) {
    int d = mean.length;
    for (int i = 0; i < d; i++) {
      if (basis.length == 0) {
        shrunk[i] = v[from + i];
      } else {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          sum += basis[i * d + j] * v[from + j];
        }
        shrunk[i] = sum;
      }
    }
    addScaled(share, gain, out, from);
  }

  /** Adds {@code share} · Eᵀ(factor · shrunk). */
  private void addScaled(double share, double[] factor, double[] out, int from) {
    int d = mean.length;
    for (int i = 0; i < d; i++) {
      double u = share * factor[i] * shrunk[i];
      if (basis.length == 0) {
        out[from + i] += u;
      } else {
        for (int j = 0; j < d; j++) {
          out[from + j] += u * basis[i * d + j];
        }
      }
    }
  }

  @Override
  public String toString() {
    return "N(" + Arrays.toString(mean) + ", …)";
  }
}
