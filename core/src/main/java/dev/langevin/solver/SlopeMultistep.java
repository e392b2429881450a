package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;

/** The worker of the multistep methods whose history holds the slopes dx/dσ = (x - D)/σ, which are the predicted noises. */
final class SlopeMultistep implements Solver.Worker {
  private final Denoiser denoiser;
  private final TimeGrid grid;
  private final Update[] plan;
  private final double[][] history;
  private final double[] denoised;

  /** An update for each step, with room for what the plan looks at. */
  SlopeMultistep(Denoiser denoiser, TimeGrid grid, Update[] plan, int rows) {
    this.denoiser = denoiser;
    this.grid = grid;
    this.plan = plan;
    denoised = new double[Scratch.size(denoiser, rows)];
    history = Multistep.history(plan, denoised.length);
  }

  @Override
  public void step(int k, double[] x, int rows, double[] z) {
    int length = rows * denoiser.dimension();
    slope(x, rows, grid.time(k), Multistep.turn(history));
    if (grid.time(k + 1) == 0) {
      System.arraycopy(denoised, 0, x, 0, length); // the posterior mean, to the last digit
    } else {
      plan[k].apply(x, history, length, z, x);
    }
  }

  /** Writes (x - D(x; s))/s. */
  private void slope(double[] x, int rows, double s, double[] out) {
    int length = rows * denoiser.dimension();
    denoiser.denoise(x, rows, s, denoised);
    for (int i = 0; i < length; i++) {
      out[i] = (x[i] - denoised[i]) / s;
    }
  }

  /** The same worker, whose first step is Heun's: the slope at its end is used and not kept. */
  static final class Doubled implements Solver.Worker {
    private final SlopeMultistep worker;
    private final Update euler;
    private final Update heun;
    private final double[] trial;
    private final double[][] slopes;

    Doubled(SlopeMultistep worker) {
      this.worker = worker;
      double gap = worker.grid.time(1) - worker.grid.time(0);
      euler = new Update(1, gap);
      heun = new Update(1, gap / 2, gap / 2);
      trial = new double[worker.denoised.length];
      slopes = new double[2][trial.length];
    }

    @Override
    public void step(int k, double[] x, int rows, double[] z) {
      TimeGrid grid = worker.grid;
      if (k > 0 || grid.time(1) == 0) {
        worker.step(k, x, rows, z);
        return;
      }
      int length = rows * worker.denoiser.dimension();
      slopes[0] = Multistep.turn(worker.history);
      worker.slope(x, rows, grid.time(0), slopes[0]);
      euler.apply(x, slopes, length, z, trial);
      worker.slope(trial, rows, grid.time(1), slopes[1]);
      heun.apply(x, slopes, length, z, x);
    }
  }
}
