package dev.langevin.mixture;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * A mixture of K normal laws of equal weight and unit covariance with unknown means, (1/K) Σ_k N(μ_k, I), as the student of its own score. Under
 * x_t = a x₀ + b z with a² + b² = 1 it keeps its form with means aμ_k, so
 *
 * <pre>
 *   s(x) = m(x) - x,   m(x) = Σ_k r_k(x) aμ_k,   r_k(x) ∝ exp(aμ_kᵀx - ½‖aμ_k‖²)
 *   ∇_{μ_j} ½‖s + z/b‖² = a r_j [e + (x - aμ_j)⟨aμ_j - m, e⟩],   e = s(x) + z/b
 * </pre>
 *
 * <p>(Shah, Chen &amp; Klivans 2023, section 2). {@linkplain #pair A symmetric pair} has one parameter μ for the means μ and -μ, K = 2; then m(x) = tanh(aμᵀx) aμ.
 * Owns scratch arrays, of one thread; O(K d) per point.
 */
public final class MixtureStudent {
  private final int d;
  private final int components;
  private final boolean symmetric;
  private final double[] means; // K × d
  private final double[] shares;
  private final double[] residual;
  private final double[] mean;

  private MixtureStudent(int d, int components, boolean symmetric) {
    this.d = Check.atLeast("dimension", d, 1);
    this.components = components;
    this.symmetric = symmetric;
    means = new double[components * d];
    shares = new double[components];
    residual = new double[d];
    mean = new double[d];
  }

  /** The law ½N(μ, I) + ½N(-μ, I). */
  public static MixtureStudent pair(int dimension) {
    return new MixtureStudent(dimension, 2, true);
  }

  /** The law (1/K) Σ N(μ_k, I) with free means. */
  public static MixtureStudent free(int components, int dimension) {
    return new MixtureStudent(dimension, Check.atLeast("components", components, 1), false);
  }

  /** d. */
  public int dimension() {
    return d;
  }

  /** Number of parameters: d of a pair, K d of free means, row by row. */
  public int size() {
    return symmetric ? d : components * d;
  }

  /** The law with these parameters: exact density, score, denoiser and draws of the student. */
  public GaussianMixture law(double[] parameters) {
    place(parameters, 1);
    double[][] rows = new double[components][];
    for (int k = 0; k < components; k++) {
      rows[k] = Arrays.copyOfRange(means, k * d, (k + 1) * d);
    }
    double[] equal = new double[components];
    Arrays.fill(equal, 1);
    return GaussianMixture.isotropic(equal, rows, equal);
  }

  /** Sets the scaled means aμ_k, for the calls that follow. */
  void place(double[] parameters, double a) {
    Check.length("parameters", parameters, size());
    for (int i = 0; i < parameters.length; i++) {
      means[i] = a * parameters[i];
      if (symmetric) {
        means[d + i] = -a * parameters[i];
      }
    }
  }

  /** Computes r_k of the point {@code x[from …]}; what it returns is overwritten by the next call. */
  double[] shares(double[] x, int from) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < components; k++) {
      double log = 0;
      for (int i = 0; i < d; i++) {
        double centre = means[k * d + i];
        log += centre * (x[from + i] - 0.5 * centre);
      }
      shares[k] = log;
      largest = Math.max(largest, log);
    }
    double sum = 0;
    for (int k = 0; k < components; k++) {
      shares[k] = StrictMath.exp(shares[k] - largest);
      sum += shares[k];
    }
    for (int k = 0; k < components; k++) {
      shares[k] /= sum;
    }
    return shares;
  }

  /**
   * Adds {@code factor} times the gradient of ‖s(x) + z/b‖² to {@code gradient} and returns that square.
   *
   * @param x the noised point
   * @param z its noise
   */
  double addGradient(double[] x, double[] z, Level level, double factor, double[] gradient) {
    shares(x, 0);
    double square = residual(x, z, level.b());
    for (int k = 0; k < components; k++) {
      double along = 0; // ⟨aμ_k - m, e⟩
      for (int i = 0; i < d; i++) {
        along += (means[k * d + i] - mean[i]) * residual[i];
      }
      double scale = 2 * factor * level.a() * shares[k];
      int to = symmetric ? 0 : k * d;
      double sign = symmetric && k == 1 ? -scale : scale;
      for (int i = 0; i < d; i++) {
        gradient[to + i] += sign * (residual[i] + (x[i] - means[k * d + i]) * along);
      }
    }
    return square;
  }

  private double residual(double[] x, double[] z, double b) {
    double square = 0;
    for (int i = 0; i < d; i++) {
      double centre = 0;
      for (int k = 0; k < components; k++) {
        centre += shares[k] * means[k * d + i];
      }
      mean[i] = centre;
      residual[i] = centre - x[i] + z[i] / b;
      square += residual[i] * residual[i];
    }
    return square;
  }

  /** Writes Σ over the rows of r_k(x) x into {@code sums}, as many as means, and Σ r_k(x) into {@code counts}. */
  void settle(double[] rows, double[] sums, double[] counts) {
    for (int from = 0; from < rows.length; from += d) {
      shares(rows, from);
      for (int k = 0; k < components; k++) {
        counts[k] += shares[k];
        for (int i = 0; i < d; i++) {
          sums[k * d + i] += shares[k] * rows[from + i];
        }
      }
    }
  }

  int components() {
    return components;
  }

  boolean symmetric() {
    return symmetric;
  }
}
