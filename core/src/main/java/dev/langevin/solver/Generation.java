package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A recipe for fresh rows: a solver and its grid. From a {@link Seed} every row has numbers of its own ({@link AddressedNoise}), so a row does not depend on the batch size, on how many rows
 * there are, or on which thread or machine makes it, as long as the denoiser's rows do not (exact denoisers: to the last bit). Other numbers come from another {@link NoiseSource}.
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
    return sample(() -> denoiser, first, rows, batch, seed, listener, 1, Runnable::run);
  }

  /**
   * The same rows, to the last bit, made on several threads: each takes the next batch when it is done with one.
   *
   * @param denoisers called once for every thread that gets to work, one call at a time; each denoiser is then used by one thread at a time. They must be alike
   * @param first the first row's number; zero or positive
   * @param rows how many, at least 1
   * @param batch rows that are moved together by one thread, at least 1
   * @param seed address of all random numbers
   * @param listener told after every step of any batch, by one thread at a time
   * @param threads how many batches run side by side at most; as many tasks are handed to {@code executor}
   * @param executor whose threads do the work; the calling thread waits, so it must not be one of them unless {@code executor} runs tasks at once
   * @return {@code rows × d}, row-major
   * @throws CancelledGeneration if the listener says so; it holds the rows before the first batch that is not finished
   * @throws BrokenDenoiser if a denoiser returns a number that is not finite; of several, that of the first batch, on any number of threads
   */
  public double[] sample(
      Supplier<? extends Denoiser> denoisers,
      long first,
      int rows,
      int batch,
      Seed seed,
      StepListener listener,
      int threads,
      Executor executor) {
    NoiseSource noise = new AddressedNoise(seed);
    return sample(denoisers, first, rows, batch, noise, listener, threads, executor);
  }

  /**
   * The same with other normal numbers.
   *
   * @param noise whence they come; if its rows depend on their batch, {@code first} must be 0 and {@code batch} at least {@code rows}
   */
  public double[] sample(
      Supplier<? extends Denoiser> denoisers,
      long first,
      int rows,
      int batch,
      NoiseSource noise,
      StepListener listener,
      int threads,
      Executor executor) {
    Check.notNegative("first", first);
    Check.atLeast("batch", batch, noise.rowByRow() ? 1 : rows);
    Check.atLeast("threads", threads, 1);
    if (first > 0 && !noise.rowByRow()) {
      throw new IllegalArgumentException("first must be 0 with " + noise + ", got " + first);
    }
    return new GenerationRun(this, denoisers, first, rows, Math.min(batch, rows), noise, listener)
        .on(threads, executor);
  }

  /** All rows as one batch, with any normal numbers, on the calling thread. */
  public double[] sample(Denoiser denoiser, int rows, NoiseSource noise, StepListener listener) {
    return sample(() -> denoiser, 0, rows, rows, noise, listener, 1, Runnable::run);
  }
}
