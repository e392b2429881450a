package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * What may be done to a posterior mean of data that are known to lie between -1 and 1, before a solver uses it. It helps a poor network where it leaves the range, and biases a good one: the posterior
 * mean of such data never needs it.
 */
public sealed interface Clipping {
  /**
   * Clips every row in place.
   *
   * @param values {@code rows × d}, row-major
   * @param scratch d numbers at least; overwritten
   */
  void apply(double[] values, int rows, int d, double[] scratch);

  /**
   * Each coordinate to [-range, range] (Ho, Jain &amp; Abbeel 2020, in the authors' code).
   *
   * @param range positive
   */
  record Clamp(double range) implements Clipping {
    public Clamp {
      Check.positive("range", range);
    }

    @Override
    public void apply(double[] values, int rows, int d, double[] scratch) {
      for (int i = 0; i < rows * d; i++) {
        values[i] = Math.max(-range, Math.min(range, values[i]));
      }
    }
  }

  /**
   * Dynamic thresholding (Saharia et al. 2022, section 2.3): each row is clipped to [-s, s] and divided by s, where s is a quantile of its |values|, held between 1 and {@code most}.
   *
   * @param ratio the quantile's level, from 0 to 1; linear between order statistics
   * @param most the largest s, at least 1; with 1 this is {@link Clamp} to 1
   */
  record Dynamic(double ratio, double most) implements Clipping {
    public Dynamic {
      if (!(ratio >= 0 && ratio <= 1)) {
        throw new IllegalArgumentException("ratio must be between 0 and 1, got " + ratio);
      }
      if (!(most >= 1)) {
        throw new IllegalArgumentException("most must be at least 1, got " + most);
      }
    }

    @Override
    public void apply(double[] values, int rows, int d, double[] scratch) {
      for (int r = 0; r < rows; r++) {
        double s = Math.max(1, Math.min(most, quantile(values, r * d, d, scratch)));
        for (int i = r * d; i < (r + 1) * d; i++) {
          values[i] = Math.max(-s, Math.min(s, values[i])) / s;
        }
      }
    }

    private double quantile(double[] values, int from, int d, double[] scratch) {
      for (int j = 0; j < d; j++) {
        scratch[j] = Math.abs(values[from + j]);
      }
      Arrays.sort(scratch, 0, d);
      double at = ratio * (d - 1);
      int low = (int) at;
      int high = Math.min(low + 1, d - 1);
      return scratch[low] + (at - low) * (scratch[high] - scratch[low]);
    }
  }
}
