package dev.langevin.adapt;

import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.State;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * Learns M⁻¹ from positions and gradients: the Σ with Σ C_g Σ = C_x, C_x and C_g the covariances of positions and of gradients, for which the Fisher divergence to
 * N(·, Σ) is least (Seyboldt, Carlson &amp; Carpenter 2024, "Preconditioning Hamiltonian Monte Carlo by minimizing Fisher divergence"). On a Gaussian g = -Σ⁻¹(x - μ), so
 * that any points in general position give Σ exactly, as many as there are directions; covariances alone need hundreds.
 *
 * <ul>
 *   <li>Diagonal form: Σ_i = sqrt(var x_i / var g_i).
 *   <li>Low-rank form: in coordinates scaled by the diagonal form, the geometric mean of C_x and C_g⁻¹ in the space that the last points and gradients span (all of
 *       R^d where d is small); its eigenvectors with eigenvalues outside [1/2, 2] correct the diagonal form.
 * </ul>
 *
 * <p>Memory O(n d) for the low-rank form, n the points of a window, at most {@value #MOST_POINTS}; O(d²(d + n)) for d up to {@value #SMALL}, else O(d k²) with k =
 * {@value #SPANNING}.
 */
final class FisherEstimator implements MetricEstimator {
  private static final int MOST_POINTS = 1000;
  private static final int SMALL = 200;
  private static final int SPANNING = 64;
  private static final double RIDGE = 1e-6;
  private static final double CUTOFF = 2;
  private static final double LARGEST = 1e20;

  private final int d;
  private final boolean lowRank;
  private final List<double[]> positions = new ArrayList<>();
  private final List<double[]> gradients = new ArrayList<>();
  private final RunningVariance ofPositions;
  private final RunningVariance ofGradients;

  FisherEstimator(int dimension, boolean lowRank) {
    this.d = dimension;
    this.lowRank = lowRank;
    this.ofPositions = new RunningVariance(dimension);
    this.ofGradients = new RunningVariance(dimension);
  }

  @Override
  public void add(State state) {
    ofPositions.add(state.position());
    ofGradients.add(state.gradient());
    if (lowRank) {
      if (positions.size() == MOST_POINTS) {
        positions.remove(0);
        gradients.remove(0);
      }
      positions.add(state.position().clone());
      gradients.add(state.gradient().clone());
    }
  }

  @Override
  public void restart() {
    ofPositions.restart();
    ofGradients.restart();
    positions.clear();
    gradients.clear();
  }

  @Override
  public Metric metric() {
    double[] diagonal = new double[d];
    for (int i = 0; i < d; i++) {
      double ratio = Math.sqrt(ofPositions.variance(i) / ofGradients.variance(i));
      diagonal[i] = ratio > 1 / LARGEST && ratio < LARGEST ? ratio : 1;
    }
    return lowRank ? corrected(diagonal) : Metric.diagonal(diagonal);
  }

  private Metric corrected(double[] diagonal) {
    DMatrixRMaj x = scaled(positions, diagonal, false);
    DMatrixRMaj g = scaled(gradients, diagonal, true);
    if (d <= SMALL) {
      return corrected(diagonal, covariance(x), covariance(g), CommonOps_DDRM.identity(d));
    }
    DMatrixRMaj basis = span(x, g);
    DMatrixRMaj xs = new DMatrixRMaj(x.numRows, basis.numCols);
    DMatrixRMaj gs = new DMatrixRMaj(g.numRows, basis.numCols);
    CommonOps_DDRM.mult(x, basis, xs);
    CommonOps_DDRM.mult(g, basis, gs);
    return corrected(diagonal, covariance(xs), covariance(gs), basis);
  }

  /** Points as rows, less their mean, divided (gradients: multiplied) by the scale. */
  private DMatrixRMaj scaled(List<double[]> points, double[] diagonal, boolean gradient) {
    int n = points.size();
    DMatrixRMaj rows = new DMatrixRMaj(n, d);
    for (int i = 0; i < d; i++) {
      double mean = 0;
      for (double[] point : points) {
        mean += point[i] / n;
      }
      double scale = Math.sqrt(diagonal[i]);
      for (int r = 0; r < n; r++) {
        double gap = points.get(r)[i] - mean;
        rows.set(r, i, gradient ? gap * scale : gap / scale);
      }
    }
    return rows;
  }

  private static DMatrixRMaj covariance(DMatrixRMaj rows) {
    DMatrixRMaj covariance = new DMatrixRMaj(rows.numCols, rows.numCols);
    CommonOps_DDRM.multTransA(1.0 / rows.numRows, rows, rows, covariance);
    return covariance;
  }

  /** An orthonormal basis, as columns, of what the last points and gradients span. */
  private static DMatrixRMaj span(DMatrixRMaj x, DMatrixRMaj g) {
    int k = Math.min(SPANNING, x.numRows);
    DMatrixRMaj both = new DMatrixRMaj(x.numCols, 2 * k);
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < x.numCols; i++) {
        both.set(i, 2 * j, x.get(x.numRows - 1 - j, i));
        both.set(i, 2 * j + 1, g.get(g.numRows - 1 - j, i));
      }
    }
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(both.numRows, both.numCols);
    if (!qr.decompose(both)) {
      throw new IllegalStateException("the points of a window have no basis");
    }
    return qr.getQ(null, true);
  }

  private static Metric corrected(
      double[] diagonal, DMatrixRMaj x, DMatrixRMaj g, DMatrixRMaj basis) {
    addRidge(x);
    addRidge(g);
    DMatrixRMaj mean = SymmetricRoot.meanWithInverse(x, g);
    EigenDecomposition_F64<DMatrixRMaj> eigen = SymmetricRoot.eigen(mean);
    List<double[]> vectors = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int k = 0; k < mean.numRows; k++) {
      double value = eigen.getEigenvalue(k).getReal();
      if (value > CUTOFF || (value > 0 && value < 1 / CUTOFF)) {
        DMatrixRMaj vector = new DMatrixRMaj(basis.numRows, 1);
        CommonOps_DDRM.mult(basis, eigen.getEigenVector(k), vector);
        vectors.add(vector.data);
        values.add(value);
      }
    }
    return Metric.lowRank(
        diagonal,
        vectors.toArray(double[][]::new),
        values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void addRidge(DMatrixRMaj matrix) {
    double ridge = RIDGE * CommonOps_DDRM.trace(matrix) / matrix.numRows;
    for (int i = 0; i < matrix.numRows; i++) {
      matrix.add(i, i, ridge);
    }
  }
}
