package dev.langevin.theory;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.function.DoubleUnaryOperator;

/**
 * A mean of squares at every noise level, σ ↦ E[h_σ] with h_σ ≥ 0: a denoiser's mean square error, the gap between two denoisers, the Fisher information of the
 * noised law. Either known exactly (one row) or as a mean over random rows, each of which is the same for all levels (common random numbers), so that sums and
 * differences over levels are means over rows too and their standard errors can be told.
 */
public interface LevelCurve {
  /** 1 if the curve is known exactly, otherwise the number of random rows. */
  int rows();

  /**
   * Adds {@code weight · h_σ} of each row to its sum.
   *
   * @param sigma a noise level, positive
   * @param weight of any sign
   * @param sums length {@link #rows()}
   */
  void add(double sigma, double weight, double[] sums);

  /** The curve at one level, with its standard error. */
  default LevelMean at(double sigma) {
    double[] sums = new double[rows()];
    add(sigma, 1, sums);
    return LevelMean.of(sums);
  }

  /** A curve that is known exactly. */
  static LevelCurve exact(DoubleUnaryOperator value) {
    return new LevelCurve() {
      @Override
      public int rows() {
        return 1;
      }

      @Override
      public void add(double sigma, double weight, double[] sums) {
        sums[0] += weight * value.applyAsDouble(Check.positive("sigma", sigma));
      }
    };
  }

  /** What a row contributes at one level. */
  @FunctionalInterface
  interface Square {
    /**
     * h_σ of one row.
     *
     * @param clean x₀, of n rows
     * @param noised x₀ + σz
     * @param denoised D(x₀ + σz; σ)
     * @param from the row's first index in all three
     * @param d its length
     */
    double of(double[] clean, double[] noised, double[] denoised, int from, int d, double sigma);
  }

  /**
   * The mean over given rows, each with its own noise z from {@code seed.child(row)}, the same at all levels. An {@link #add} costs one call of the denoiser.
   *
   * @param denoiser called by one thread at a time
   * @param data {@code rows × d}, independent draws of the data; kept
   */
  static LevelCurve sampled(Denoiser denoiser, double[] data, Seed seed, Square square) {
    int d = denoiser.dimension();
    int rows = data.length / d;
    Check.atLeast("rows of data", rows, 2);
    double[] noise = new double[rows * d];
    for (int r = 0; r < rows; r++) {
      new AddressedRandom(seed.child(r)).fillGaussian(noise, r * d, (r + 1) * d);
    }
    double[] noised = new double[rows * d];
    double[] denoised = new double[rows * d];
    return new LevelCurve() {
      @Override
      public int rows() {
        return rows;
      }

      @Override
      public void add(double sigma, double weight, double[] sums) {
        for (int i = 0; i < rows * d; i++) {
          noised[i] = data[i] + sigma * noise[i];
        }
        denoiser.denoise(noised, rows, sigma, denoised);
        for (int r = 0; r < rows; r++) {
          sums[r] += weight * square.of(data, noised, denoised, r * d, d, sigma);
        }
      }
    };
  }
}
