package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;

/** A denoiser whose every number is looked at: one that is not finite stops the run with its address. */
final class WatchedDenoiser implements Denoiser {
  private final Denoiser watched;
  private final int steps;
  private int step;
  private long firstRow;

  WatchedDenoiser(Denoiser watched, int steps) {
    this.watched = watched;
    this.steps = steps;
  }

  /** Says where the run is, for the message. */
  void at(int step, long firstRow) {
    this.step = step;
    this.firstRow = firstRow;
  }

  @Override
  public int dimension() {
    return watched.dimension();
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    watched.denoise(y, rows, sigma, out);
    int d = watched.dimension();
    for (int i = 0; i < rows * d; i++) {
      if (!Double.isFinite(out[i])) {
        throw new BrokenDenoiser(out[i], step, steps, sigma, firstRow + i / d, i % d);
      }
    }
  }
}
