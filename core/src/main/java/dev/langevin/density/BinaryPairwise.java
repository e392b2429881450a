package dev.langevin.density;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * A binary pairwise model (Ising model, Boltzmann machine, spin glass) on {-1, 1}^n with dense couplings:
 *
 * <pre>
 *   log p(x) = ½ xᵀJx + hᵀx + constant,   every coordinate -1 or 1
 * </pre>
 *
 * <p>Since x_i² = 1, the diagonal of J moves nothing but the constant: it counts in {@link #logDensity} and nowhere else. The conditional law
 * of one coordinate is P(x_i = 1 | the others) = 1/(1 + e^(-2 f)), where f is the local field of site i: {@code 2 * localField(i, x)} are the
 * log odds, for Glauber dynamics and the like. Who keeps all n local fields pays O(1) for a site that stays and O(n) for one that flips
 * ({@link #flipped}).
 *
 * <p>Holds one n × n matrix, 8n² bytes. Immutable, safe for any number of threads.
 */
public final class BinaryPairwise implements LogDensity {
  private final int n;
  private final double[] couplings; // the diagonal set to zero, so that no loop has to skip it
  private final double[] field;
  private final double diagonal; // ½ Σ J_ii

  /**
   * The model with these couplings and this field. Both are copied.
   *
   * @param couplings J, {@code n × n}, row-major, finite and exactly symmetric
   * @param field h, length n at least 1, finite
   */
  public BinaryPairwise(double[] couplings, double[] field) {
    this.n = Check.atLeast("number of spins", field.length, 1);
    Check.length("couplings", couplings, Math.multiplyExact(n, n));
    this.couplings = Check.allFinite("couplings", couplings).clone();
    this.field = Check.allFinite("field", field).clone();
    requireSymmetric();
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += couplings[i * n + i];
      this.couplings[i * n + i] = 0;
    }
    this.diagonal = 0.5 * trace;
  }

  private BinaryPairwise(BinaryPairwise other, double[] field) {
    n = other.n;
    couplings = other.couplings;
    diagonal = other.diagonal;
    this.field = Check.allFinite("field", Check.length("field", field, n)).clone();
  }

  private void requireSymmetric() {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double lower = couplings[i * n + j];
        double upper = couplings[j * n + i];
        if (lower != upper) {
          throw new IllegalArgumentException(
              "couplings must be symmetric, got J[%d][%d] = %s and J[%d][%d] = %s"
                  .formatted(i, j, lower, j, i, upper));
        }
      }
    }
  }

  /** The same couplings, shared and not copied, under another field. */
  public BinaryPairwise withField(double[] other) {
    return new BinaryPairwise(this, other);
  }

  @Override
  public int dimension() {
    return n;
  }

  /** J_ij, zero where i = j. */
  public double coupling(int i, int j) {
    return couplings[i * n + j];
  }

  /** h_i. */
  public double field(int i) {
    return field[i];
  }

  /** ½ Σ J_ii: what the diagonal adds to the log density of every state, and so to log Z. */
  public double diagonal() {
    return diagonal;
  }

  /** ½ xᵀJx + hᵀx in O(n²); negative infinity where a coordinate is neither -1 nor 1. */
  @Override
  public double logDensity(double[] x) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (Math.abs(x[i]) != 1) {
        return Double.NEGATIVE_INFINITY;
      }
      sum += x[i] * (localField(i, x) + field[i]);
    }
    return 0.5 * sum + diagonal;
  }

  /**
   * f = h_i + Σ_(j≠i) J_ij x_j in O(n): half the log odds of x_i = 1 given the others, whatever x_i is.
   *
   * @param site i, from 0
   * @param x length n
   */
  public double localField(int site, double[] x) {
    int row = site * n;
    double even = 0;
    double odd = 0; // two chains of additions: twice as fast as one
    int j = 0;
    for (; j + 1 < n; j += 2) {
      even += couplings[row + j] * x[j];
      odd += couplings[row + j + 1] * x[j + 1];
    }
    if (j < n) {
      even += couplings[row + j] * x[j];
    }
    return field[site] + (even + odd);
  }

  /**
   * Writes all local fields, h + Jx without the diagonal, in O(n²).
   *
   * @param x length n
   * @param out length n, overwritten; another array than {@code x}
   */
  public void localFields(double[] x, double[] out) {
    multiply(x, 1, out);
    for (int i = 0; i < n; i++) {
      out[i] += field[i];
    }
  }

  /**
   * Brings local fields up to date after one coordinate has flipped, in O(n).
   *
   * @param site i, which flipped
   * @param value x_i after the flip
   * @param localFields all n of them, updated
   */
  public void flipped(int site, double value, double[] localFields) {
    int row = site * n;
    double change = 2 * value;
    for (int j = 0; j < n; j++) {
      localFields[j] += change * couplings[row + j];
    }
  }

  /**
   * Writes Jx, without the diagonal and without the field, for several x at once: they share the reading of J, which is what an n × n
   * product costs when J does not fit the cache. The result of a row does not depend, to the last bit, on the other rows.
   *
   * @param x {@code rows × n}, row-major; any numbers, not just ±1; may be longer
   * @param rows at least 1
   * @param out {@code rows × n}, overwritten; another array than {@code x}
   */
  public void multiply(double[] x, int rows, double[] out) {
    Arrays.fill(out, 0, rows * n, 0);
    SymmetricProduct.add(couplings, n, x, rows, out);
  }

  /**
   * Sums over all 2^n states: see {@link BinaryEnumeration}.
   *
   * @throws IllegalArgumentException for more than {@link BinaryEnumeration#MAX_SPINS} spins
   */
  public BinaryEnumeration enumerate() {
    return BinaryEnumeration.of(this);
  }
}
