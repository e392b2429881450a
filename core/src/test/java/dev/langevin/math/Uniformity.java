package dev.langevin.math;

import java.util.Arrays;

/** How far a sample is from uniform on (0, 1). */
public final class Uniformity {
  private Uniformity() {}

  /** sup|F_n - F|, the distance of Kolmogorov; sorts {@code sample}. */
  public static double distance(double[] sample) {
    Arrays.sort(sample);
    double distance = 0;
    for (int i = 0; i < sample.length; i++) {
      double above = (i + 1.0) / sample.length - sample[i];
      double below = sample[i] - (double) i / sample.length;
      distance = Math.max(distance, Math.max(above, below));
    }
    return distance;
  }
}
