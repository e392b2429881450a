package dev.langevin.solver;

import java.io.Serial;

/** A denoiser returned a number that is not finite. */
public final class BrokenDenoiser extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int step;
  private final double sigma;
  private final long row;

  BrokenDenoiser(double value, int step, int steps, double sigma, long row, int coordinate) {
    super(
        "denoiser returned "
            + value
            + " for row "
            + row
            + ", coordinate "
            + coordinate
            + ", in step "
            + step
            + " of "
            + steps
            + ", sigma = "
            + sigma);
    this.step = step;
    this.sigma = sigma;
    this.row = row;
  }

  /** The step, from 0. */
  public int step() {
    return step;
  }

  /** The noise level that the denoiser was asked for. */
  public double sigma() {
    return sigma;
  }

  /** The row, from 0. */
  public long row() {
    return row;
  }
}
