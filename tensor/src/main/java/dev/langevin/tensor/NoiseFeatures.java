package dev.langevin.tensor;

/**
 * What a network sees of the noise level: sines and cosines of the objective's c_noise (for EDM ¼ ln σ) at 16 frequencies from 1/16
 * to 4 turns per unit, evenly spaced in their logarithm (Tancik et al. 2020, with a ladder in place of random frequencies). The useful
 * range of c_noise, -1.6 to 1.1, is less than half a turn of the slowest.
 */
final class NoiseFeatures {
  static final int COUNT = 32;
  private static final int HALF = COUNT / 2;
  private static final double[] TURNS = turns();

  private NoiseFeatures() {}

  private static double[] turns() {
    double[] turns = new double[HALF];
    for (int j = 0; j < HALF; j++) {
      turns[j] = StrictMath.pow(2, -4 + 6.0 * j / (HALF - 1));
    }
    return turns;
  }

  /** Writes the features of one row into {@code out}, row-major {@code rows × COUNT}. */
  static void fill(double noise, float[] out, int row) {
    for (int j = 0; j < HALF; j++) {
      double angle = 2 * Math.PI * TURNS[j] * noise;
      out[row * COUNT + j] = (float) StrictMath.sin(angle);
      out[row * COUNT + HALF + j] = (float) StrictMath.cos(angle);
    }
  }
}
