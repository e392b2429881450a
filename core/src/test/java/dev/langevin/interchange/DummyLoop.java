package dev.langevin.interchange;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.random.TorchRandom;
import dev.langevin.solver.SchedulerLoops;
import dev.langevin.solver.Solver;

/** The loop of diffusers' own tests: x = dummy · init_noise_sigma, then steps with model(x, t) = x t/(t + 1), fresh noise from seed 0. */
final class DummyLoop {
  static final int SIZE = 768;

  private DummyLoop() {}

  /** The network. */
  private record Model() implements TimestepNetwork {
    @Override
    public int dimension() {
      return SIZE;
    }

    @Override
    public void evaluate(double[] x, int rows, double timestep, double[] out) {
      for (int i = 0; i < SIZE; i++) {
        out[i] = x[i] * timestep / (timestep + 1);
      }
    }
  }

  /** The result, in the variables of diffusers at the last level. The four rows of the dummy are one here: all its steps are coordinate by coordinate. */
  static double[] run(SchedulerRun run) {
    Solver solver = run.generation().solver();
    TimeGrid grid = run.generation().grid();
    Denoiser denoiser = run.denoiser(new Model());
    double[] x = SchedulerLoops.dummy();
    scale(x, solver.startingScale(grid.time(0)));
    Solver.Worker worker = solver.on(denoiser, grid, 1);
    TorchRandom random = new TorchRandom(0);
    float[] numbers = new float[SIZE];
    double[] z = new double[SIZE];
    for (int k = 0; k < grid.steps(); k++) {
      if (solver.noises() > 0) {
        random.fillNormal(numbers);
        for (int i = 0; i < SIZE; i++) {
          z[i] = numbers[i];
        }
      }
      worker.step(k, x, 1, z);
    }
    scale(x, 1 / Math.hypot(1, grid.time(grid.steps())));
    return x;
  }

  private static void scale(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }
}
