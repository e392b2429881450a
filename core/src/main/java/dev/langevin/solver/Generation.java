package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * A recipe for fresh rows: a solver and its grid. Row r starts from normal numbers at {@code seed.child(r).child(0)} and step k takes its
 * noise from {@code seed.child(r).child(k + 1)}, so a row does not depend on the batch size, on how many rows there are, or on which
 * thread or machine makes it, as long as the denoiser's rows do not (exact denoisers: to the last bit).
 *
 * @param solver the method
 * @param spacing how the noise levels lie
 * @param steps N, at least 1
 * @param sigmaMin the last noise level above 0, in units of the data; 0.002 for data of standard deviation near 0.5
 * @param sigmaMax the first noise level; large beside the data's extent, see the solver on the error of the start
 */
public record Generation(
    Solver solver, Spacing spacing, int steps, double sigmaMin, double sigmaMax) {
  public Generation {
    Check.atLeast("steps", steps, 1);
    requireLevels(sigmaMin, sigmaMax);
  }

  /** With the solver's own spacing. */
  public Generation(Solver solver, int steps, double sigmaMin, double sigmaMax) {
    this(solver, solver.spacing(), steps, sigmaMin, sigmaMax);
  }

  /** Refuses levels that are not 0 < σ_min < σ_max. */
  static void requireLevels(double sigmaMin, double sigmaMax) {
    Check.positive("sigmaMin", sigmaMin);
    Check.positive("sigmaMax", sigmaMax);
    if (sigmaMin >= sigmaMax) {
      throw new IllegalArgumentException(
          "sigmaMin must be below sigmaMax = " + sigmaMax + ", got " + sigmaMin);
    }
  }

  /** With EDM's levels, 0.002 … 80, for data scaled to a standard deviation of 0.5. */
  public static Generation of(Solver solver, int steps) {
    return new Generation(solver, steps, 0.002, 80);
  }

  /** With EDM's levels and the solver's own number of steps. */
  public static Generation of(Solver solver) {
    return of(solver, solver.defaultSteps());
  }

  /** The times visited, on the solver's clock. */
  public TimeGrid grid() {
    return spacing.levels(steps, sigmaMin, sigmaMax).onClockOf(solver.noising());
  }

  /** How often the denoiser is called for one row; a guess where the solver is {@link Solver#adaptive}. */
  public long evaluations() {
    return solver.evaluations(grid());
  }

  /** The rows 0 … {@code rows}-1; see {@link #sample(Denoiser, long, int, int, Seed, StepListener)}. */
  public double[] sample(Denoiser denoiser, int rows, int batch, Seed seed, StepListener listener) {
    return sample(denoiser, 0, rows, batch, seed, listener);
  }

  /**
   * A stretch of the endless sequence of rows that a seed stands for.
   *
   * @param denoiser of rows of d coordinates
   * @param first the first row's number; zero or positive
   * @param rows how many, at least 1
   * @param batch rows that are moved together, at least 1
   * @param seed address of all random numbers
   * @param listener told after every step
   * @return {@code rows × d}, row-major
   * @throws CancelledGeneration if the listener says so; it holds the finished rows
   * @throws BrokenDenoiser if the denoiser returns a number that is not finite; it names step, level and row
   */
  public double[] sample(
      Denoiser denoiser, long first, int rows, int batch, Seed seed, StepListener listener) {
    Check.notNegative("first", first);
    Check.atLeast("batch", batch, 1);
    double[] out = new double[Scratch.size(denoiser, rows)];
    Run run = new Run(this, denoiser, first, rows, Math.min(batch, rows), seed, listener);
    for (int from = 0; from < rows; from += run.batch) {
      int n = Math.min(run.batch, rows - from);
      if (!run.generate(from, n)) {
        throw new CancelledGeneration(from, rows, Arrays.copyOf(out, from * run.d));
      }
      System.arraycopy(run.x, 0, out, from * run.d, n * run.d);
    }
    return out;
  }

  /** The worker: owns every array of a generation. */
  private static final class Run {
    private final Solver solver;
    private final TimeGrid grid;
    private final int d;
    private final int batch;
    private final long first;
    private final WatchedDenoiser denoiser;
    private final Solver.Worker worker;
    private final StepListener listener;
    private final long total;
    private final Seed seed;
    private final Seed[] addresses;
    private final AddressedRandom random;
    private final double[] x;
    private final double[] z;

    Run(
        Generation recipe,
        Denoiser denoiser,
        long first,
        int rows,
        int batch,
        Seed seed,
        StepListener listener) {
      solver = recipe.solver;
      grid = recipe.grid();
      d = denoiser.dimension();
      this.batch = batch;
      this.first = first;
      this.denoiser = new WatchedDenoiser(denoiser, grid.steps());
      this.seed = seed;
      this.listener = listener;
      total = rows * solver.evaluations(grid);
      worker = solver.on(this.denoiser, grid, batch);
      addresses = new Seed[batch];
      random = seed.random();
      x = new double[batch * d];
      z = new double[Scratch.size(denoiser, batch, solver.noises())];
    }

    /** Makes the rows {@code from … from + n - 1} in {@link #x}; false if the listener stopped it. */
    boolean generate(int from, int n) {
      for (int r = 0; r < n; r++) {
        addresses[r] = seed.child(first + from + r);
      }
      start(n);
      for (int k = 0; k < grid.steps(); k++) {
        denoiser.at(k, first + from);
        if (solver.stochastic()) {
          draw(z, n, solver.noises(), k + 1);
        }
        worker.step(k, x, n, z);
        long done = denoiser.evaluations();
        if (!listener.advanced(done, Math.max(done, total))) {
          return false;
        }
      }
      return true;
    }

    private void start(int n) {
      draw(x, n, 1, 0);
      double scale = solver.startingScale(grid.time(0));
      for (int i = 0; i < n * d; i++) {
        x[i] *= scale;
      }
    }

    /** Fills {@code blocks} blocks of n rows; all blocks of a row come from its one address. */
    private void draw(double[] out, int n, int blocks, int step) {
      for (int r = 0; r < n; r++) {
        random.moveTo(addresses[r].child(step));
        for (int m = 0; m < blocks; m++) {
          int from = (m * n + r) * d;
          random.fillGaussian(out, from, from + d);
        }
      }
    }
  }
}
