package dev.langevin.diffusion;

import dev.langevin.math.Check;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Σ = EᵀΛE with the eigenvectors kept, so that a new level costs O(d) and a point O(d²): d² to turn it into their basis, d² back.
 *
 * <p>Both products take four eigenvectors at a time: four sums that do not wait for each other on the way there, one pass over the point for four on the way back.
 */
final class FullNormal extends NoisedNormal {
  private final double[] lambda;
  private final double[] basis; // E, row-major: row i is the i-th eigenvector
  private final double[] gain; // λ/(λ + σ²)
  private final double[] inverseSd; // 1/√(λ + σ²)
  private final double[] centred; // scratch, y - μ
  private final double[] turned; // E(y - μ), then gain · that, of the point last looked at
  private final double[] factors; // scratch
  private double sigma;
  private double logConstant;

  FullNormal(double[] mean, double[][] covariance) {
    this(mean, new double[mean.length], new double[mean.length * mean.length]);
    Check.allFinite("mean", mean);
    decompose(covariance);
    clip(lambda);
  }

  private FullNormal(double[] mean, double[] lambda, double[] basis) {
    super(mean);
    this.lambda = lambda;
    this.basis = basis;
    int d = mean.length;
    gain = new double[d];
    inverseSd = new double[d];
    centred = new double[d];
    turned = new double[d];
    factors = new double[d];
  }

  private void decompose(double[][] covariance) {
    int d = mean.length;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(new DMatrixRMaj(covariance))) {
      throw new IllegalArgumentException("covariance has no eigenvalues that converge");
    }
    for (int i = 0; i < d; i++) {
      lambda[i] = eigen.getEigenvalue(i).getReal();
      System.arraycopy(eigen.getEigenVector(i).data, 0, basis, i * d, d);
    }
  }

  @Override
  NoisedNormal fork() {
    return new FullNormal(mean, lambda, basis);
  }

  @Override
  void level(double variance) {
    sigma = Math.sqrt(variance);
    logConstant = level(lambda, variance, gain, inverseSd);
  }

  @Override
  double weigh(double[] y, int from) {
    centre(y, from);
    double quadratic = 0;
    for (int i = 0; i < turned.length; i++) {
      double s = turned[i] * inverseSd[i];
      quadratic += s * s;
      turned[i] *= gain[i];
    }
    return logConstant - 0.5 * quadratic;
  }

  /** Leaves E(y - μ) in {@link #turned}. */
  private void centre(double[] y, int from) {
    for (int j = 0; j < centred.length; j++) {
      centred[j] = y[from + j] - mean[j];
    }
    turn(centred, 0);
  }

  /** Leaves E x in {@link #turned}, for x at {@code x[from …]}. */
  private void turn(double[] x, int from) {
    int d = mean.length;
    int i = 0;
    for (; i + 3 < d; i += 4) {
      int row = i * d;
      double a = 0;
      double b = 0;
      double c = 0;
      double e = 0;
      for (int j = 0; j < d; j++) {
        double value = x[from + j];
        a += basis[row + j] * value;
        b += basis[row + d + j] * value;
        c += basis[row + 2 * d + j] * value;
        e += basis[row + 3 * d + j] * value;
      }
      turned[i] = a;
      turned[i + 1] = b;
      turned[i + 2] = c;
      turned[i + 3] = e;
    }
    for (; i < d; i++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += basis[i * d + j] * x[from + j];
      }
      turned[i] = sum;
    }
  }

  @Override
  void add(double share, double[] y, int from, double[] out) {
    for (int j = 0; j < mean.length; j++) {
      out[from + j] += share * mean[j];
      factors[j] = share * turned[j];
    }
    addBack(out, from);
  }

  @Override
  void addPull(double share, double[] y, int from, double[] out) {
    centre(y, from);
    for (int j = 0; j < mean.length; j++) {
      factors[j] = share * sigma * inverseSd[j] * inverseSd[j] * turned[j];
    }
    addBack(out, 0);
  }

  @Override
  void addGain(double share, double[] v, double[] out, int from) {
    turn(v, from);
    for (int j = 0; j < mean.length; j++) {
      factors[j] = share * gain[j] * turned[j];
    }
    addBack(out, from);
  }

  /** Adds Eᵀ factors to {@code out[from …]}. */
  private void addBack(double[] out, int from) {
    int d = mean.length;
    int i = 0;
    for (; i + 3 < d; i += 4) {
      int row = i * d;
      double a = factors[i];
      double b = factors[i + 1];
      double c = factors[i + 2];
      double e = factors[i + 3];
      for (int j = 0; j < d; j++) {
        double first = a * basis[row + j] + b * basis[row + d + j];
        double second = c * basis[row + 2 * d + j] + e * basis[row + 3 * d + j];
        out[from + j] += first + second;
      }
    }
    for (; i < d; i++) {
      for (int j = 0; j < d; j++) {
        out[from + j] += factors[i] * basis[i * d + j];
      }
    }
  }
}
