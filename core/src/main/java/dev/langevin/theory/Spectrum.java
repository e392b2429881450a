package dev.langevin.theory;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A symmetric matrix by its eigenvalues and eigenvectors, Q diag(values) Qᵀ; O(d³) to find.
 *
 * @param values λ, in no order
 * @param basis Q, one eigenvector a column
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the package
record Spectrum(double[] values, DMatrixRMaj basis) {
  static Spectrum of(DMatrixRMaj symmetric) {
    int d = symmetric.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(symmetric.copy())) {
      throw new IllegalArgumentException("matrix must have eigenvalues that converge");
    }
    double[] values = new double[d];
    DMatrixRMaj basis = new DMatrixRMaj(d, d);
    for (int i = 0; i < d; i++) {
      values[i] = eigen.getEigenvalue(i).getReal();
      CommonOps_DDRM.insert(eigen.getEigenVector(i), basis, 0, i);
    }
    return new Spectrum(values, basis);
  }

  /** Q diag(f(values)) Qᵀ. */
  DMatrixRMaj map(DoubleUnaryOperator f) {
    int d = values.length;
    DMatrixRMaj scaled = basis.copy();
    for (int i = 0; i < d; i++) {
      double factor = f.applyAsDouble(values[i]);
      for (int row = 0; row < d; row++) {
        scaled.set(row, i, scaled.get(row, i) * factor);
      }
    }
    DMatrixRMaj out = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multTransB(scaled, basis, out);
    return out;
  }

  /** Qᵀ A Q. */
  DMatrixRMaj inside(DMatrixRMaj a) {
    DMatrixRMaj left = new DMatrixRMaj(a.numRows, a.numCols);
    CommonOps_DDRM.multTransA(basis, a, left);
    DMatrixRMaj out = new DMatrixRMaj(a.numRows, a.numCols);
    CommonOps_DDRM.mult(left, basis, out);
    return out;
  }

  /** Q A Qᵀ. */
  DMatrixRMaj outside(DMatrixRMaj a) {
    DMatrixRMaj left = new DMatrixRMaj(a.numRows, a.numCols);
    CommonOps_DDRM.mult(basis, a, left);
    DMatrixRMaj out = new DMatrixRMaj(a.numRows, a.numCols);
    CommonOps_DDRM.multTransB(left, basis, out);
    return out;
  }

  /** Qᵀ v. */
  double[] inside(double[] v) {
    DMatrixRMaj out = new DMatrixRMaj(v.length, 1);
    CommonOps_DDRM.multTransA(basis, DMatrixRMaj.wrap(v.length, 1, v), out);
    return out.data;
  }

  /** Q v. */
  double[] outside(double[] v) {
    DMatrixRMaj out = new DMatrixRMaj(v.length, 1);
    CommonOps_DDRM.mult(basis, DMatrixRMaj.wrap(v.length, 1, v), out);
    return out.data;
  }
}
