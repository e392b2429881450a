package dev.langevin.diagnostics;

import dev.langevin.math.Fft;
import java.util.Arrays;

/**
 * The autocovariances of chains of one length, averaged over the chains, by way of their power spectra. The average of the spectra
 * is the spectrum of the average, so one transform back serves all chains; and two chains a, b go forth together as a + ib, since
 * the power of that sum, less an odd part which the real part of the transform back does not see, is the sum of their powers. For
 * eight half-chains that is five transforms in place of sixteen. Owns scratch arrays: one per thread.
 */
final class Autocovariance {
  private final int draws;
  private final Fft fft;
  private final double[] re;
  private final double[] im;
  private final double[] power;

  /** For chains of {@code draws} draws. */
  Autocovariance(int draws) {
    this.draws = draws;
    this.fft = Fft.holding(2 * draws);
    this.re = new double[fft.size()];
    this.im = new double[fft.size()];
    this.power = new double[fft.size()];
  }

  /** The mean over chains c of (1/N) Σ_n (x_cn - m_c)(x_c,n+t - m_c), for t = 0 … N-1. */
  double[] averaged(double[][] x, double[] mean) {
    Arrays.fill(power, 0);
    for (int c = 0; c < x.length; c += 2) {
      place(x[c], mean[c], re);
      if (c + 1 < x.length) {
        place(x[c + 1], mean[c + 1], im);
      } else {
        Arrays.fill(im, 0);
      }
      fft.forward(re, im);
      for (int k = 0; k < power.length; k++) {
        power[k] += re[k] * re[k] + im[k] * im[k];
      }
    }
    Arrays.fill(im, 0);
    fft.inverse(power, im);
    double[] covariance = new double[draws];
    for (int t = 0; t < draws; t++) {
      covariance[t] = power[t] / x.length / draws;
    }
    return covariance;
  }

  private void place(double[] x, double mean, double[] out) {
    for (int n = 0; n < draws; n++) {
      out[n] = x[n] - mean;
    }
    Arrays.fill(out, draws, out.length, 0);
  }
}
