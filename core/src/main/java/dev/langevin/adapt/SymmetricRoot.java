package dev.langevin.adapt;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Roots of symmetric positive definite matrices, by eigenvectors. */
final class SymmetricRoot {
  private static final double SMALLEST = 1e-12; // relative to the largest eigenvalue

  private SymmetricRoot() {}

  /** The symmetric positive definite S with S B S = A: the geometric mean of A and B⁻¹. Exactly symmetric. O(d³). */
  static DMatrixRMaj meanWithInverse(DMatrixRMaj a, DMatrixRMaj b) {
    DMatrixRMaj up = root(b, false);
    DMatrixRMaj down = root(b, true);
    return sandwich(down, root(sandwich(up, a), false));
  }

  /** F M F, made symmetric. */
  private static DMatrixRMaj sandwich(DMatrixRMaj f, DMatrixRMaj m) {
    DMatrixRMaj half = new DMatrixRMaj(f.numRows, f.numCols);
    DMatrixRMaj whole = new DMatrixRMaj(f.numRows, f.numCols);
    CommonOps_DDRM.mult(f, m, half);
    CommonOps_DDRM.mult(half, f, whole);
    symmetrise(whole);
    return whole;
  }

  private static void symmetrise(DMatrixRMaj m) {
    for (int i = 0; i < m.numRows; i++) {
      for (int j = 0; j < i; j++) {
        double mean = 0.5 * (m.get(i, j) + m.get(j, i));
        m.set(i, j, mean);
        m.set(j, i, mean);
      }
    }
  }

  /** M^½, or M^-½. */
  static DMatrixRMaj root(DMatrixRMaj m, boolean inverse) {
    int d = m.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(m.copy())) {
      throw new IllegalStateException("the eigenvalues of a covariance were not found");
    }
    double largest = 0;
    for (int k = 0; k < d; k++) {
      largest = Math.max(largest, eigen.getEigenvalue(k).getReal());
    }
    DMatrixRMaj root = new DMatrixRMaj(d, d);
    for (int k = 0; k < d; k++) {
      double sd = Math.sqrt(Math.max(eigen.getEigenvalue(k).getReal(), SMALLEST * largest));
      DMatrixRMaj v = eigen.getEigenVector(k);
      CommonOps_DDRM.multAddTransB(inverse ? 1 / sd : sd, v, v, root);
    }
    symmetrise(root);
    return root;
  }
}
