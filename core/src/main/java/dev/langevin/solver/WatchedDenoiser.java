package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;

/** A denoiser whose every number is looked at: one that is not finite stops the run with its address. */
final class WatchedDenoiser implements Denoiser {
  private final Denoiser watched;
  private final int steps;
  private int step;
  private long firstRow;
  private int offset;
  private long evaluations;

  WatchedDenoiser(Denoiser watched, int steps) {
    this.watched = watched;
    this.steps = steps;
  }

  /** Says where the run is, for the message. */
  void at(int step, long firstRow) {
    this.step = step;
    this.firstRow = firstRow;
  }

  /** Says which row of the batch the next calls are about, for a solver that moves each alone. */
  void alone(int row) {
    offset = row;
  }

  /** How many rows it was asked for, level by level. */
  long evaluations() {
    return evaluations;
  }

  @Override
  public int dimension() {
    return watched.dimension();
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    watched.denoise(y, rows, sigma, out);
    evaluations += rows;
    int d = watched.dimension();
    for (int i = 0; i < rows * d; i++) {
      if (!Double.isFinite(out[i])) {
        throw new BrokenDenoiser(out[i], step, steps, sigma, firstRow + offset + i / d, i % d);
      }
    }
  }
}
