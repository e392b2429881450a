package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import java.util.Arrays;

/**
 * The law of what a solver returns on normal data, without a single random number: every step is affine in the point and in its noise, so
 * the run is applied to the zero, to each basis vector of the start and to each basis vector of each step's noise, all as rows of one batch.
 *
 * @param mean length d
 * @param covariance d × d
 */
record AffineLaw(double[] mean, double[][] covariance) {
  /** The law of a solver's output on its own start. */
  static AffineLaw of(Solver solver, Denoiser denoiser, TimeGrid grid) {
    int rows = rows(solver, denoiser, grid);
    return of(solver, solver.on(denoiser, grid, rows), denoiser.dimension(), grid);
  }

  /** The same, of steps that are handed in, with {@code solver}'s start. */
  static AffineLaw of(Solver solver, Solver.Worker worker, int d, TimeGrid grid) {
    double scale = solver.startingScale(grid.time(0));
    int noises = solver.noises();
    int rows = 1 + d + grid.steps() * noises * d;
    double[] x = new double[rows * d];
    for (int j = 0; j < d; j++) {
      x[(1 + j) * d + j] = scale;
    }
    double[] z = new double[noises * rows * d];
    for (int k = 0; k < grid.steps(); k++) {
      for (int m = 0; m < noises; m++) {
        for (int j = 0; j < d; j++) {
          int row = 1 + d + (k * noises + m) * d + j;
          z[(m * rows + row) * d + j] = 1;
        }
      }
      worker.step(k, x, rows, z);
      Arrays.fill(z, 0);
    }
    return gather(x, rows, d);
  }

  static int rows(Solver solver, Denoiser denoiser, TimeGrid grid) {
    int d = denoiser.dimension();
    return 1 + d + grid.steps() * solver.noises() * d;
  }

  private static AffineLaw gather(double[] x, int rows, int d) {
    double[] mean = Arrays.copyOf(x, d);
    double[][] covariance = new double[d][d];
    for (int r = 1; r < rows; r++) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i][j] += (x[r * d + i] - mean[i]) * (x[r * d + j] - mean[j]);
        }
      }
    }
    return new AffineLaw(mean, covariance);
  }

  /** The largest difference of an entry of mean or covariance, over 1 + that law's largest entry. */
  double distance(AffineLaw that) {
    double worst = 0;
    double scale = 1;
    for (int i = 0; i < mean.length; i++) {
      worst = Math.max(worst, Math.abs(mean[i] - that.mean[i]));
      scale = Math.max(scale, 1 + Math.abs(that.mean[i]));
      for (int j = 0; j < mean.length; j++) {
        worst = Math.max(worst, Math.abs(covariance[i][j] - that.covariance[i][j]));
        scale = Math.max(scale, 1 + Math.abs(that.covariance[i][j]));
      }
    }
    return worst / scale;
  }
}
