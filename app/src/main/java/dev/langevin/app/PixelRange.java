package dev.langevin.app;

import dev.langevin.table.Dataset;
import java.util.Arrays;

/**
 * What is black and what is white in some images.
 *
 * @param low black
 * @param high white, above black
 */
record PixelRange(double low, double high) {
  /** The smallest and the largest number in the images. */
  static PixelRange of(Dataset images) {
    double low = Arrays.stream(images.values()).min().orElseThrow();
    double high = Arrays.stream(images.values()).max().orElseThrow();
    return new PixelRange(low, high > low ? high : low + 1);
  }

  /** Black as 0 and white as 1, what lies outside cut off. */
  float[] unit(double[] values) {
    float[] unit = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      unit[i] = (float) Math.max(0, Math.min(1, (values[i] - low) / (high - low)));
    }
    return unit;
  }
}
