package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * A linear process with constant matrices, dX = F X dt + G dB. From time 0 to t the point becomes Φx₀ + noise with
 *
 * <p>Φ(t) = e^{Ft}, Q(t) = ∫₀ᵗ e^{Fu} GGᵀ e^{Fᵀu} du
 *
 * <p>Both by Van Loan's (1978) block matrix: exp of ((-F, GGᵀ), (0, Fᵀ))·h is ((·, Φ⁻¹Q), (0, Φᵀ)). It is taken for h = t/2^k only, so short that a Taylor sum of {@value #TERMS} terms is
 * exact to rounding, and doubled k times, Q(2h) = Q + ΦQΦᵀ, Φ(2h) = Φ²: sums of positive matrices, which the single large block matrix, with its e^{-Ft}, is not. O(d³(terms + log(‖F‖t))).
 *
 * <p>Normal data stay normal ({@link #marginal}), so that for them and their mixtures every score is known. Immutable.
 */
public final class LinearProcess implements ItoProcess {
  private static final int TERMS = 20;
  private static final double SHORT = 0.5;

  private final DMatrixRMaj drift;
  private final DMatrixRMaj root;
  private final DMatrixRMaj diffusion;

  /**
   * With the matrices given.
   *
   * @param drift F, d × d
   * @param root G, d × m
   */
  public LinearProcess(double[][] drift, double[][] root) {
    this(matrix("drift", drift, drift.length), matrix("root", root, drift.length));
    if (this.drift.getNumCols() != this.drift.getNumRows()) {
      throw new IllegalArgumentException(
          "drift must be square, got " + drift.length + " × " + this.drift.getNumCols());
    }
  }

  private LinearProcess(DMatrixRMaj drift, DMatrixRMaj root) {
    this.drift = drift;
    this.root = root;
    diffusion = new DMatrixRMaj(root.getNumRows(), root.getNumRows());
    CommonOps_DDRM.multTransB(root, root, diffusion);
  }

  private static DMatrixRMaj matrix(String name, double[][] rows, int count) {
    Check.atLeast("dimension", count, 1);
    if (rows.length != count) {
      throw new IllegalArgumentException(
          name + " must have " + count + " rows, got " + rows.length);
    }
    Check.atLeast("columns of " + name, rows[0].length, 1);
    for (int i = 0; i < count; i++) {
      Check.length(name + "[" + i + "]", rows[i], rows[0].length);
      Check.allFinite(name + "[" + i + "]", rows[i]);
    }
    return new DMatrixRMaj(rows);
  }

  /**
   * Critically damped Langevin diffusion (Dockhorn, Vahdat &amp; Kreis 2022, eq. 5): every coordinate x has a velocity v, and only v is noised,
   *
   * <p>dx = β v/M dt, dv = -β x dt - β Γ v/M dt + √(2Γβ) dB, Γ = 2√M
   *
   * <p>with invariant law N(0, I) ⊗ N(0, M I). Only the score with respect to v is needed to turn it around, and it is smoother than that of x.
   *
   * @param coordinates n of the data; the process has 2n, first all x, then all v
   * @param mass M, positive; they have 0.25
   * @param beta β, positive; they have 4
   */
  public static LinearProcess criticallyDamped(int coordinates, double mass, double beta) {
    int n = Check.atLeast("coordinates", coordinates, 1);
    double friction = 2 * Math.sqrt(Check.positive("mass", mass));
    Check.positive("beta", beta);
    double[][] drift = new double[2 * n][2 * n];
    double[][] root = new double[2 * n][n];
    for (int i = 0; i < n; i++) {
      drift[i][n + i] = beta / mass;
      drift[n + i][i] = -beta;
      drift[n + i][n + i] = -beta * friction / mass;
      root[n + i][i] = Math.sqrt(2 * friction * beta);
    }
    return new LinearProcess(drift, root);
  }

  /**
   * What a stretch of time does: x becomes {@code gain} · x + N(0, {@code covariance}).
   *
   * @param gain Φ, d × d
   * @param covariance Q, d × d
   */
  public record Transition(double[][] gain, double[][] covariance) {}

  /**
   * A normal law.
   *
   * @param mean length d
   * @param covariance d × d
   */
  public record Law(double[] mean, double[][] covariance) {}

  /** Over a time of length {@code t}, zero or positive. */
  public Transition transition(double t) {
    Check.notNegative("t", t);
    int doublings = 0;
    double h = t;
    while (NormOps_DDRM.normF(drift) * h > SHORT) {
      h /= 2;
      doublings++;
    }
    int d = dimension();
    DMatrixRMaj block = exponential(block(), h);
    DMatrixRMaj gain = CommonOps_DDRM.extract(block, d, 2 * d, d, 2 * d);
    CommonOps_DDRM.transpose(gain);
    DMatrixRMaj covariance = times(gain, CommonOps_DDRM.extract(block, 0, d, d, 2 * d));
    for (int k = 0; k < doublings; k++) {
      CommonOps_DDRM.addEquals(covariance, sandwich(gain, covariance));
      gain = times(gain, gain);
    }
    return new Transition(rows(gain), rows(symmetric(covariance)));
  }

  /** The law of X_t, when that of X_0 is normal. */
  public Law marginal(double[] mean, double[][] covariance, double t) {
    Transition transition = transition(t);
    DMatrixRMaj gain = new DMatrixRMaj(transition.gain);
    DMatrixRMaj moved = new DMatrixRMaj(Check.length("mean", mean, dimension()).length, 1);
    CommonOps_DDRM.mult(gain, DMatrixRMaj.wrap(mean.length, 1, mean.clone()), moved);
    DMatrixRMaj total = sandwich(gain, matrix("covariance", covariance, mean.length));
    CommonOps_DDRM.addEquals(total, new DMatrixRMaj(transition.covariance));
    return new Law(moved.data, rows(symmetric(total)));
  }

  private DMatrixRMaj block() {
    int d = dimension();
    DMatrixRMaj block = new DMatrixRMaj(2 * d, 2 * d);
    DMatrixRMaj part = drift.copy();
    CommonOps_DDRM.changeSign(part);
    CommonOps_DDRM.insert(part, block, 0, 0);
    CommonOps_DDRM.insert(diffusion, block, 0, d);
    CommonOps_DDRM.insert(CommonOps_DDRM.transpose(drift, null), block, d, d);
    return block;
  }

  /** Σ (Mh)^k/k!. */
  private static DMatrixRMaj exponential(DMatrixRMaj m, double h) {
    DMatrixRMaj sum = CommonOps_DDRM.identity(m.getNumRows());
    DMatrixRMaj term = sum.copy();
    for (int k = 1; k <= TERMS; k++) {
      term = times(term, m);
      CommonOps_DDRM.scale(h / k, term);
      CommonOps_DDRM.addEquals(sum, term);
    }
    return sum;
  }

  private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
    DMatrixRMaj product = new DMatrixRMaj(a.getNumRows(), b.getNumCols());
    CommonOps_DDRM.mult(a, b, product);
    return product;
  }

  private static DMatrixRMaj sandwich(DMatrixRMaj a, DMatrixRMaj b) {
    DMatrixRMaj product = new DMatrixRMaj(a.getNumRows(), a.getNumRows());
    CommonOps_DDRM.multTransB(times(a, b), a, product);
    return product;
  }

  private static DMatrixRMaj symmetric(DMatrixRMaj m) {
    DMatrixRMaj sum = CommonOps_DDRM.transpose(m, null);
    CommonOps_DDRM.addEquals(sum, m);
    CommonOps_DDRM.scale(0.5, sum);
    return sum;
  }

  private static double[][] rows(DMatrixRMaj m) {
    double[][] rows = new double[m.getNumRows()][m.getNumCols()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = m.get(i, j);
      }
    }
    return rows;
  }

  @Override
  public int dimension() {
    return drift.getNumRows();
  }

  @Override
  public int noises() {
    return root.getNumCols();
  }

  @Override
  public void drift(double[] x, double t, double[] out) {
    apply(drift, x, out);
  }

  @Override
  public void spread(double[] x, double t, double[] z, double[] out) {
    apply(root, z, out);
  }

  @Override
  public void diffuse(double[] x, double t, double[] v, double[] out) {
    apply(diffusion, v, out);
  }

  /** 0. */
  @Override
  public void divergence(double[] x, double t, double[] out) {
    Arrays.fill(out, 0, dimension(), 0);
  }

  private static void apply(DMatrixRMaj m, double[] v, double[] out) {
    for (int i = 0; i < m.getNumRows(); i++) {
      double sum = 0;
      for (int j = 0; j < m.getNumCols(); j++) {
        sum += m.get(i, j) * v[j];
      }
      out[i] = sum;
    }
  }
}
