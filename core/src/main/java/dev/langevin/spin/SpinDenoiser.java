package dev.langevin.spin;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;

/**
 * A tilted mean as a denoiser, the seam between spins and the solvers of diffusion. With x from the model and z normal, x + σz = y' has
 * likelihood ∝ exp(⟨y', x⟩/σ²) on the cube (‖x‖² = n is a constant), so E[x | y'] is the mean tilted by y'/σ²: localisation at t = 1/σ². Every
 * call starts from the mean 0, so that rows stay independent of what was asked before.
 */
public final class SpinDenoiser implements Denoiser {
  private final TiltedMean mean;
  private final double[] tilt;
  private final double[] m;
  private final int n;

  /**
   * The denoiser of this mean.
   *
   * @param mean for batches of at most {@code rows}
   * @param rows the most that one pass takes; more rows take several
   */
  public SpinDenoiser(TiltedMean mean, int rows) {
    this.mean = mean;
    n = mean.dimension();
    tilt = new double[Check.atLeast("rows", rows, 1) * n];
    m = new double[tilt.length];
  }

  @Override
  public int dimension() {
    return n;
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    double time = 1 / (sigma * sigma);
    for (int from = 0; from < rows * n; from += tilt.length) {
      int length = Math.min(tilt.length, rows * n - from);
      for (int i = 0; i < length; i++) {
        tilt[i] = time * y[from + i];
        m[i] = 0;
      }
      mean.mean(tilt, length / n, m);
      System.arraycopy(m, 0, out, from, length);
    }
  }
}
