package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * The exact denoiser of a data set itself, the law that has mass 1/n on each of n rows x_i:
 *
 * <p>D(y; σ) = Σ_i r_i(y) x_i, r_i(y) ∝ exp(-|y - x_i|²/2σ²)
 *
 * <p>a softmax-weighted mean, in which the limit of the denoising objective on finite data is known without a network (Karras, Aittala, Aila &amp; Laine 2022, appendix B.3). It
 * is what memorisation looks like: at small σ it returns the nearest row, and a reverse process on it ends on rows of the data and never between them. A network that is worth
 * having is <em>not</em> this.
 *
 * <p>The weights are formed in logs, by one pass over the data in tiles of which a block of points is served together; a running maximum rescales what was summed before (Milakov
 * &amp; Gimelshein 2018). A row costs O(n d), and the result does not depend on its batch. The distances are sums of squared differences: their relative error is about
 * d 2<sup>-53</sup>, which is an absolute one of d|y - x|²/σ² · 2<sup>-54</sup> in log r. Owns scratch arrays, O(d); the data is shared by {@link #fork}: one per thread.
 */
public final class EmpiricalDenoiser implements DifferentiableDenoiser {
  private static final int BLOCK = 16; // points that share a reading of the data
  private static final int TILE = 64; // rows of data between two looks at the maximum

  private final double[] data;
  private final int d;
  private final int n;
  private final double[] logs = new double[BLOCK * TILE];
  private final double[] largest = new double[BLOCK];
  private final double[] sums = new double[BLOCK];
  private final double[] offset; // D - x_i

  /**
   * Of these rows.
   *
   * @param data {@code n × d}, row-major, finite; copied
   * @param dimension d, at least 1
   */
  public EmpiricalDenoiser(double[] data, int dimension) {
    Check.atLeast("dimension", dimension, 1);
    if (data.length == 0 || data.length % dimension != 0) {
      throw new IllegalArgumentException(
          "length of data must be a positive multiple of dimension "
              + dimension
              + ", got "
              + data.length);
    }
    this.data = Check.allFinite("data", data).clone();
    d = dimension;
    n = data.length / d;
    offset = new double[d];
  }

  private EmpiricalDenoiser(EmpiricalDenoiser twin) {
    data = twin.data;
    d = twin.d;
    n = twin.n;
    offset = new double[d];
  }

  /** An equal one for another thread, on the same data. */
  public EmpiricalDenoiser fork() {
    return new EmpiricalDenoiser(this);
  }

  @Override
  public int dimension() {
    return d;
  }

  /** n, the number of rows of the data. */
  public int rows() {
    return n;
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    double precision = 1 / Levels.variance(sigma);
    Arrays.fill(out, 0, rows * d, 0.0);
    for (int from = 0; from < rows; from += BLOCK) {
      int points = Math.min(BLOCK, rows - from);
      Arrays.fill(largest, Double.NEGATIVE_INFINITY);
      Arrays.fill(sums, 0);
      for (int first = 0; first < n; first += TILE) {
        int last = Math.min(n, first + TILE);
        weigh(y, from, points, first, last, precision);
        for (int p = 0; p < points; p++) {
          gather(p, first, last, out, (from + p) * d);
        }
      }
      for (int p = 0; p < points; p++) {
        for (int j = (from + p) * d; j < (from + p + 1) * d; j++) {
          out[j] /= sums[p];
        }
      }
    }
  }

  /** Leaves -|y - x_i|²/2σ² of each point and row in {@link #logs}; each row is read once for all points. */
  private void weigh(double[] y, int from, int points, int first, int last, double precision) {
    for (int i = first; i < last; i++) {
      for (int p = 0; p < points; p++) {
        logs[p * TILE + i - first] = -0.5 * precision * distance(y, (from + p) * d, i * d);
      }
    }
  }

  /** |y - x|²; four accumulators, so that no addition waits for the one before. */
  private double distance(double[] y, int at, int row) {
    double a = 0;
    double b = 0;
    double c = 0;
    double e = 0;
    int j = 0;
    for (; j + 3 < d; j += 4) {
      double s = y[at + j] - data[row + j];
      double t = y[at + j + 1] - data[row + j + 1];
      double u = y[at + j + 2] - data[row + j + 2];
      double v = y[at + j + 3] - data[row + j + 3];
      a += s * s;
      b += t * t;
      c += u * u;
      e += v * v;
    }
    for (; j < d; j++) {
      double s = y[at + j] - data[row + j];
      a += s * s;
    }
    return (a + b) + (c + e);
  }

  /** Adds a tile's rows to the sums of point p, all relative to its largest weight so far. */
  private void gather(int p, int first, int last, double[] out, int at) {
    double top = largest[p];
    for (int i = 0; i < last - first; i++) {
      top = Math.max(top, logs[p * TILE + i]);
    }
    if (top > largest[p]) {
      rescale(StrictMath.exp(largest[p] - top), p, out, at);
      largest[p] = top;
    }
    for (int i = first; i < last; i++) {
      double weight = weight(logs[p * TILE + i - first] - top);
      if (weight != 0) { // NaN is let through, to be seen
        sums[p] += weight;
        for (int j = 0; j < d; j++) {
          out[at + j] += weight * data[i * d + j];
        }
      }
    }
  }

  private void rescale(double factor, int p, double[] out, int at) {
    sums[p] *= factor;
    for (int j = 0; j < d; j++) {
      out[at + j] *= factor;
    }
  }

  /** exp, without asking where it is 0. */
  private static double weight(double log) {
    return log < -746 ? 0 : StrictMath.exp(log);
  }

  /** J = Σ_i r_i (x_i - D)(x_i - D)ᵀ/σ². Two further passes over the data. */
  @Override
  public void pullBack(
      double[] y, int rows, double sigma, double[] v, double[] denoised, double[] out) {
    denoise(y, rows, sigma, denoised);
    Arrays.fill(out, 0, rows * d, 0.0);
    double precision = 1 / Levels.variance(sigma);
    for (int r = 0; r < rows; r++) {
      addProduct(y, r * d, precision, v, denoised, out);
    }
  }

  private void addProduct(
      double[] y, int at, double precision, double[] v, double[] denoised, double[] out) {
    double top = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      top = Math.max(top, -0.5 * precision * distance(y, at, i * d));
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double weight = weight(-0.5 * precision * distance(y, at, i * d) - top);
      if (weight != 0) {
        sum += weight;
        double product = 0;
        for (int j = 0; j < d; j++) {
          offset[j] = data[i * d + j] - denoised[at + j];
          product += offset[j] * v[at + j];
        }
        double share = weight * product * precision;
        for (int j = 0; j < d; j++) {
          out[at + j] += share * offset[j];
        }
      }
    }
    for (int j = at; j < at + d; j++) {
      out[j] /= sum;
    }
  }
}
