package dev.langevin.theory;

import dev.langevin.density.target.Gaussian;
import dev.langevin.distance.NormalTransport;
import dev.langevin.math.Check;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * N(μ, C) with a covariance that may be singular, down to a point mass; and the distances between two of them in closed form. Immutable.
 * Each distance costs O(d³).
 */
public final class NormalLaw {
  private final double[] mean;
  private final DMatrixRMaj covariance;

  NormalLaw(double[] mean, DMatrixRMaj covariance) {
    this.mean = mean;
    this.covariance = covariance;
  }

  /**
   * N(mean, covariance).
   *
   * @param mean length d, finite; copied
   * @param covariance d × d, symmetric and positive semidefinite, which is not checked further than by its shape; copied
   */
  public static NormalLaw of(double[] mean, double[][] covariance) {
    Check.atLeast("length of mean", mean.length, 1);
    Check.allFinite("mean", mean);
    Check.between("rows of covariance", covariance.length, mean.length, mean.length);
    for (int i = 0; i < mean.length; i++) {
      Check.allFinite("covariance[" + i + "]", covariance[i]);
      Check.length("covariance[" + i + "]", covariance[i], mean.length);
    }
    return new NormalLaw(mean.clone(), new DMatrixRMaj(covariance));
  }

  /** N(mean, variance · I); a point mass where the variance is 0. */
  public static NormalLaw isotropic(double[] mean, double variance) {
    Check.atLeast("length of mean", mean.length, 1);
    Check.allFinite("mean", mean);
    DMatrixRMaj covariance = CommonOps_DDRM.identity(mean.length);
    CommonOps_DDRM.scale(Check.notNegative("variance", variance), covariance);
    return new NormalLaw(mean.clone(), covariance);
  }

  /** The law of a shipped target. */
  public static NormalLaw of(Gaussian gaussian) {
    return of(gaussian.mean(), gaussian.covariance());
  }

  /** d. */
  public int dimension() {
    return mean.length;
  }

  /** μ, a copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** C, a copy. */
  public double[][] covariance() {
    double[][] rows = new double[mean.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(covariance.data, i * rows.length, (i + 1) * rows.length);
    }
    return rows;
  }

  DMatrixRMaj matrix() {
    return covariance;
  }

  /**
   * W2 (Bures 1969; Olkin &amp; Pukelsheim 1982): √(|μ₁ - μ₂|² + tr(C₁ + C₂ - 2(C₂<sup>½</sup>C₁C₂<sup>½</sup>)<sup>½</sup>)), by
   * {@link NormalTransport}.
   */
  public double wasserstein(NormalLaw that) {
    requireSameDimension(that);
    double square =
        NormalTransport.between(covariance.data, that.covariance.data, mean.length).square();
    for (int i = 0; i < mean.length; i++) {
      double gap = mean[i] - that.mean[i];
      square += gap * gap;
    }
    return Math.sqrt(square);
  }

  /**
   * KL(this ‖ that) = ½ Σ (r_i - 1 - ln r_i) + ½ |C₂<sup>-½</sup>(μ₁ - μ₂)|², r the eigenvalues of C₂<sup>-½</sup>C₁C₂<sup>-½</sup>, in nats;
   * infinite where C₁ is singular.
   *
   * @param that a law with a regular covariance
   */
  public double relativeEntropy(NormalLaw that) {
    Relative relative = relativeTo(that);
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += LogGap.of(relative.ratio[i] - 1) + relative.shift[i] * relative.shift[i];
    }
    return 0.5 * sum;
  }

  /**
   * Rényi's divergence of order q, ln E<sub>that</sub>[(this/that)<sup>q</sup>]/(q - 1), in nats (Gil, Alajaji &amp; Linder 2013, table 2): with r
   * as in {@link #relativeEntropy} and δ the shift in the same basis, s_i = q + (1 - q) r_i, it is
   *
   * <pre>
   *   (q/2) Σ δ_i²/s_i - Σ [ln s_i - (1 - q) ln r_i] / (2(q - 1))
   * </pre>
   *
   * and infinite where an s_i is not positive.
   *
   * @param that a law with a regular covariance
   * @param order q, above 1
   */
  public double renyi(NormalLaw that, double order) {
    Check.inside("order", order, 1, Double.POSITIVE_INFINITY);
    Relative relative = relativeTo(that);
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double r = relative.ratio[i];
      double s = order + (1 - order) * r;
      if (s <= 0) {
        return Double.POSITIVE_INFINITY;
      }
      double logs = StrictMath.log(s) - (1 - order) * StrictMath.log(r);
      sum += order * relative.shift[i] * relative.shift[i] / s - logs / (order - 1);
    }
    return 0.5 * sum;
  }

  /** This law in the coordinates in which {@code that} is N(0, I), turned so that its covariance is diagonal. */
  private Relative relativeTo(NormalLaw that) {
    requireSameDimension(that);
    Spectrum other = Spectrum.of(that.covariance);
    for (double value : other.values()) {
      Check.positive("each eigenvalue of the other law's covariance", value);
    }
    DMatrixRMaj whitening = other.map(value -> 1 / Math.sqrt(value));
    int d = mean.length;
    DMatrixRMaj left = new DMatrixRMaj(d, d);
    CommonOps_DDRM.mult(whitening, covariance, left);
    DMatrixRMaj whitened = new DMatrixRMaj(d, d);
    CommonOps_DDRM.mult(left, whitening, whitened);
    Spectrum own = Spectrum.of(whitened);
    double[] gap = new double[d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        gap[i] += whitening.get(i, j) * (mean[j] - that.mean[j]);
      }
    }
    return new Relative(
        Arrays.stream(own.values()).map(r -> Math.max(0, r)).toArray(), own.inside(gap));
  }

  @SuppressWarnings("ArrayRecordComponent") // lives for one computation
  private record Relative(double[] ratio, double[] shift) {}

  private void requireSameDimension(NormalLaw that) {
    Check.between("dimension of the other law", that.mean.length, mean.length, mean.length);
  }
}
