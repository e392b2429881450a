package dev.langevin.distance;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Optimal transport between centred normal laws N(0, C₁) and N(0, C₂) (Dowson &amp; Landau 1982; Olkin &amp; Pukelsheim 1982). The covariances may be singular.
 *
 * <pre>
 *   W2² = tr(C₁ + C₂ - 2(C₂<sup>½</sup>C₁C₂<sup>½</sup>)<sup>½</sup>) = min over rotations U of |C₁<sup>½</sup> - C₂<sup>½</sup>U|²
 *   map of N(0, C₂) to N(0, C₁):  T = C₁<sup>½</sup> (C₁<sup>½</sup>C₂C₁<sup>½</sup>)<sup>-½</sup> C₁<sup>½</sup>
 * </pre>
 *
 * <p>W2² is computed as the least square, which keeps its digits where the laws are close. With the singular values C₁<sup>½</sup>C₂<sup>½</sup> = P S Qᵀ, both
 * maps come for free: T = C₁<sup>½</sup> P S⁻¹ Pᵀ C₁<sup>½</sup>, and the one back with Q and C₂. Singular values below {@value #SMALLEST} of the largest count as zero.
 * O(d³).
 */
public final class NormalTransport {
  private static final double SMALLEST = 1e-12;

  private final DMatrixRMaj rootFirst;
  private final DMatrixRMaj rootSecond;
  private final DMatrixRMaj left;
  private final DMatrixRMaj right;
  private final double[] singular;

  private NormalTransport(
      DMatrixRMaj rootFirst,
      DMatrixRMaj rootSecond,
      SingularValueDecomposition_F64<DMatrixRMaj> svd) {
    this.rootFirst = rootFirst;
    this.rootSecond = rootSecond;
    left = svd.getU(null, false);
    right = svd.getV(null, false);
    singular = svd.getSingularValues();
  }

  /**
   * The transport between N(0, first) and N(0, second).
   *
   * @param first {@code d × d}, row-major, symmetric and positive semidefinite, which is not checked; negative eigenvalues count as zero
   * @param second likewise
   * @param d at least 1
   */
  public static NormalTransport between(double[] first, double[] second, int d) {
    DMatrixRMaj a = root(first, d);
    DMatrixRMaj b = root(second, d);
    DMatrixRMaj product = new DMatrixRMaj(d, d);
    CommonOps_DDRM.mult(a, b, product);
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(d, d, true, true, false);
    if (!svd.decompose(product)) {
      throw new IllegalArgumentException("covariance must have singular values that converge");
    }
    return new NormalTransport(a, b, svd);
  }

  /** W2². */
  public double square() {
    int d = singular.length;
    DMatrixRMaj rotation = new DMatrixRMaj(d, d); // U = Q Pᵀ
    CommonOps_DDRM.multTransB(right, left, rotation);
    DMatrixRMaj gap = rootFirst.copy();
    CommonOps_DDRM.multAdd(-1, rootSecond, rotation, gap);
    double square = 0;
    for (double entry : gap.data) {
      square += entry * entry;
    }
    return square;
  }

  /** The map of the second law to the first, row-major; singular directions of either go to 0. */
  double[] toFirst() {
    return map(rootFirst, left);
  }

  /** The map of the first law to the second. */
  double[] toSecond() {
    return map(rootSecond, right);
  }

  private double[] map(DMatrixRMaj root, DMatrixRMaj basis) {
    int d = singular.length;
    double largest = 0;
    for (double s : singular) {
      largest = Math.max(largest, s);
    }
    DMatrixRMaj half = new DMatrixRMaj(d, d);
    CommonOps_DDRM.mult(root, basis, half);
    DMatrixRMaj scaled = half.copy();
    for (int i = 0; i < d; i++) {
      double inverse = singular[i] > SMALLEST * largest ? 1 / singular[i] : 0;
      for (int row = 0; row < d; row++) {
        scaled.set(row, i, scaled.get(row, i) * inverse);
      }
    }
    DMatrixRMaj map = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multTransB(scaled, half, map);
    return map.data;
  }

  /** The symmetric C<sup>½</sup>. */
  private static DMatrixRMaj root(double[] covariance, int d) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(new DMatrixRMaj(d, d, true, covariance.clone()))) {
      throw new IllegalArgumentException("covariance must have eigenvalues that converge");
    }
    DMatrixRMaj scaled = new DMatrixRMaj(d, d);
    for (int i = 0; i < d; i++) {
      DMatrixRMaj vector = eigen.getEigenVector(i);
      double fourth = Math.sqrt(Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal())));
      CommonOps_DDRM.scale(fourth, vector);
      CommonOps_DDRM.insert(vector, scaled, 0, i);
    }
    DMatrixRMaj root = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multTransB(scaled, scaled, root);
    return root;
  }
}
