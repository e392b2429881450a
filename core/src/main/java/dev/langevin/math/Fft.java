package dev.langevin.math;

/**
 * The discrete Fourier transform of one length, a power of two: radix-2 decimation in time (Cooley &amp; Tukey 1965), in place,
 * O(n log n). The twiddle factors are computed once, so keep the instance for many series of one length. Holds no scratch state:
 * may be shared.
 *
 * <p>The twiddle factors stand level by level, in the order in which the butterflies read them: strided reads from one table took
 * three times as long at n = 131072.
 */
public final class Fft {
  private final int size;
  private final double[] cos;
  private final double[] sin;

  /**
   * A transform of length {@code size}.
   *
   * @param size a power of two, at least 1
   */
  public Fft(int size) {
    if (size < 1 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size must be a power of two, got " + size);
    }
    this.size = size;
    this.cos = new double[size];
    this.sin = new double[size];
    for (int k = 0; k < size / 2; k++) {
      double angle = 2 * StrictMath.PI * k / size;
      cos[size / 2 + k] = StrictMath.cos(angle);
      sin[size / 2 + k] = StrictMath.sin(angle);
    }
    for (int k = size / 2 - 1; k > 0; k--) { // a level has every other factor of the next
      cos[k] = cos[2 * k];
      sin[k] = sin[2 * k];
    }
  }

  /** A transform long enough to hold {@code length} values: the smallest power of two that is not below it. */
  public static Fft holding(int length) {
    Check.between("length", length, 1, 1 << 30);
    return new Fft(length == 1 ? 1 : Integer.highestOneBit(length - 1) << 1);
  }

  /** The length of the arrays. */
  public int size() {
    return size;
  }

  /**
   * Replaces z by its transform, Z_k = Σ_j z_j exp(-2πi jk/n); not normalised.
   *
   * @param re real parts, length {@link #size()}
   * @param im imaginary parts, length {@link #size()}
   */
  public void forward(double[] re, double[] im) {
    Check.length("re", re, size);
    Check.length("im", im, size);
    reverseBits(re, im);
    pairs(re, im);
    for (int half = 2; half < size; half *= 2) {
      butterflies(re, im, half);
    }
  }

  /** The first level, whose only factor is 1. */
  private void pairs(double[] re, double[] im) {
    for (int a = 0; a + 1 < size; a += 2) {
      double x = re[a + 1];
      double y = im[a + 1];
      re[a + 1] = re[a] - x;
      im[a + 1] = im[a] - y;
      re[a] += x;
      im[a] += y;
    }
  }

  /** Undoes {@link #forward}, the factor 1/n included: swapping the parts on the way in and out conjugates the kernel. */
  public void inverse(double[] re, double[] im) {
    forward(im, re);
    for (int k = 0; k < size; k++) {
      re[k] /= size;
      im[k] /= size;
    }
  }

  /** One level: joins transforms of length {@code half} to transforms of twice that length. */
  private void butterflies(double[] re, double[] im, int half) {
    for (int start = 0; start < size; start += 2 * half) {
      for (int j = 0; j < half; j++) {
        double c = cos[half + j]; // exp(-πi j/half)
        double s = sin[half + j];
        int a = start + j;
        int b = a + half;
        double x = re[b] * c + im[b] * s;
        double y = im[b] * c - re[b] * s;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }

  private void reverseBits(double[] re, double[] im) {
    int shift = Integer.numberOfLeadingZeros(size) + 1;
    for (int i = 1; i < size - 1; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (i < j) {
        swap(re, i, j);
        swap(im, i, j);
      }
    }
  }

  private static void swap(double[] x, int i, int j) {
    double kept = x[i];
    x[i] = x[j];
    x[j] = kept;
  }
}
