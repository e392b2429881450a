package dev.langevin.diffusion;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.math.Check;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * What was seen of a data point: c = A x₀ + s·e, e ~ N(0, I), a linear inverse problem. Of a mixture the law of x₀ given c is a mixture again, {@link #posterior}: the exact answer
 * by which samplers of inverse problems can be judged.
 */
public final class LinearObservation {
  private final double[][] matrix;
  private final double[] value;
  private final double sd;

  /**
   * An observation.
   *
   * @param matrix A, {@code m × d}, finite; m, d at least 1
   * @param value c, length m, finite
   * @param sd s, positive
   */
  public LinearObservation(double[][] matrix, double[] value, double sd) {
    Check.atLeast("rows of matrix", matrix.length, 1);
    this.matrix = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      Check.length("matrix[" + i + "]", matrix[i], matrix[0].length);
      this.matrix[i] = Check.allFinite("matrix[" + i + "]", matrix[i]).clone();
    }
    Check.atLeast("columns of matrix", matrix[0].length, 1);
    this.value = Check.allFinite("value", Check.length("value", value, matrix.length)).clone();
    this.sd = Check.positive("sd", sd);
  }

  /**
   * Some coordinates seen: inpainting.
   *
   * @param dimension d
   * @param seen which ones, each 0 … d-1
   * @param value what they are, up to noise
   * @param sd s, positive
   */
  public static LinearObservation ofCoordinates(
      int dimension, int[] seen, double[] value, double sd) {
    double[][] matrix = new double[seen.length][dimension];
    for (int i = 0; i < seen.length; i++) {
      matrix[i][Check.between("seen[" + i + "]", seen[i], 0, dimension - 1)] = 1;
    }
    return new LinearObservation(matrix, value, sd);
  }

  /** d. */
  public int dimension() {
    return matrix[0].length;
  }

  /** m, how many numbers were seen. */
  public int size() {
    return matrix.length;
  }

  /** s, the standard deviation of the noise. */
  public double sd() {
    return sd;
  }

  /** Writes c - A x into {@code out}, length m, for the point at {@code x[from …]}. O(m d). */
  void residual(double[] x, int from, double[] out) {
    for (int i = 0; i < matrix.length; i++) {
      double sum = value[i];
      for (int j = 0; j < matrix[i].length; j++) {
        sum -= matrix[i][j] * x[from + j];
      }
      out[i] = sum;
    }
  }

  /** Writes Aᵀr into {@code out[from …]}. O(m d). */
  void transpose(double[] r, double[] out, int from) {
    for (int j = 0; j < matrix[0].length; j++) {
      double sum = 0;
      for (int i = 0; i < matrix.length; i++) {
        sum += matrix[i][j] * r[i];
      }
      out[from + j] = sum;
    }
  }

  /** (v AAᵀ + s² I)⁻¹, m × m, for one v after the other. Owns its arrays: nothing is allocated per call. */
  Precision precision() {
    return new Precision();
  }

  /** The worker of {@link #precision}. */
  final class Precision {
    private final DMatrixRMaj gram = new DMatrixRMaj(size(), size()); // A Aᵀ
    private final DMatrixRMaj total = new DMatrixRMaj(size(), size());
    private final DMatrixRMaj inverse = new DMatrixRMaj(size(), size());
    private final LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(size());

    private Precision() {
      DMatrixRMaj a = new DMatrixRMaj(matrix);
      CommonOps_DDRM.multTransB(a, a, gram);
    }

    /** The inverse at v; the same matrix each time, overwritten. */
    DMatrixRMaj at(double v) {
      CommonOps_DDRM.scale(v, gram, total);
      addNoise(total);
      invert(solver, total, inverse);
      return inverse;
    }
  }

  private void addNoise(DMatrixRMaj total) {
    for (int i = 0; i < size(); i++) {
      total.add(i, i, sd * sd);
    }
  }

  private static DMatrixRMaj inverse(DMatrixRMaj positive) {
    DMatrixRMaj inverse = new DMatrixRMaj(positive.numRows, positive.numCols);
    invert(LinearSolverFactory_DDRM.chol(positive.numRows), positive.copy(), inverse);
    return inverse;
  }

  /** {@code positive} is overwritten. */
  private static void invert(
      LinearSolverDense<DMatrixRMaj> solver, DMatrixRMaj positive, DMatrixRMaj inverse) {
    if (!solver.setA(positive)) {
      throw new IllegalArgumentException(
          "A Σ Aᵀ + s² I must be positive definite; sd is too small beside the matrix");
    }
    solver.invert(inverse);
  }

  /**
   * The exact law of x₀ ~ {@code prior} given this observation (Bishop 2006, eqs. 2.115–2.117, component by component):
   *
   * <pre>
   *   C_k = A Σ_k Aᵀ + s²I,  w'_k ∝ w_k N(c; A μ_k, C_k)
   *   K_k = Σ_k Aᵀ C_k⁻¹,    μ'_k = μ_k + K_k (c - A μ_k),  Σ'_k = (I - K_k A) Σ_k (I - K_k A)ᵀ + s² K_k K_kᵀ
   * </pre>
   *
   * <p>The last is Joseph's form, which stays positive. O(K d²m + K m³ + K d³).
   *
   * @throws IllegalArgumentException if a matrix is singular to rounding, as may be where s is under 1e-7 of the prior's spread
   */
  public GaussianMixture posterior(GaussianMixture prior) {
    Check.between("dimension of the prior", prior.dimension(), dimension(), dimension());
    int components = prior.components();
    double[] weights = prior.weights();
    double[] logs = new double[components];
    double[][] means = prior.means();
    double[][][] covariances = prior.covariances();
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < components; k++) {
      logs[k] = StrictMath.log(weights[k]) + condition(means[k], covariances[k]);
      largest = Math.max(largest, logs[k]);
    }
    for (int k = 0; k < components; k++) {
      weights[k] = StrictMath.exp(logs[k] - largest);
    }
    return GaussianMixture.of(weights, means, covariances);
  }

  /** Turns one component's mean and covariance into those given c; returns log N(c; A μ, C) without its constant. */
  private double condition(double[] mean, double[][] covariance) {
    DMatrixRMaj a = new DMatrixRMaj(matrix);
    DMatrixRMaj prior = new DMatrixRMaj(covariance);
    DMatrixRMaj cross = new DMatrixRMaj(dimension(), size()); // Σ Aᵀ
    CommonOps_DDRM.multTransB(prior, a, cross);
    DMatrixRMaj seen = new DMatrixRMaj(size(), size()); // C
    CommonOps_DDRM.mult(a, cross, seen);
    addNoise(seen);
    DMatrixRMaj precision = inverse(seen);
    DMatrixRMaj gain = new DMatrixRMaj(dimension(), size()); // K
    CommonOps_DDRM.mult(cross, precision, gain);
    double[] residual = new double[size()];
    residual(mean, 0, residual);
    double quadratic = 0;
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < size(); j++) {
        quadratic += residual[i] * precision.get(i, j) * residual[j];
      }
      for (int j = 0; j < dimension(); j++) {
        mean[j] += gain.get(j, i) * residual[i];
      }
    }
    joseph(prior, gain, a, covariance);
    return -0.5 * (quadratic + StrictMath.log(CommonOps_DDRM.det(seen)));
  }

  private void joseph(DMatrixRMaj prior, DMatrixRMaj gain, DMatrixRMaj a, double[][] covariance) {
    int d = dimension();
    DMatrixRMaj rest = CommonOps_DDRM.identity(d); // I - K A
    CommonOps_DDRM.multAdd(-1, gain, a, rest);
    DMatrixRMaj half = new DMatrixRMaj(d, d);
    CommonOps_DDRM.mult(rest, prior, half);
    DMatrixRMaj total = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multTransB(half, rest, total);
    CommonOps_DDRM.multAddTransB(sd * sd, gain, gain, total);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        covariance[i][j] = 0.5 * (total.get(i, j) + total.get(j, i));
      }
    }
  }
}
