package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import java.util.List;

/**
 * A way to run a noising process backwards, from noise to data, with the help of a denoiser: an immutable recipe, placed on a denoiser
 * and a time grid to give a {@link Worker}. Open to users; {@link #menu()} holds those that ship.
 *
 * <p>A solver moves points x of its own process, x_t = a(t) x₀ + b(t) z; at time 0 that is the data for every process.
 */
public interface Solver {
  /** Short name, as on the command line. */
  String name();

  /** The process that is run backwards, and so the clock of the time grids. */
  Noising noising();

  /** How many fresh standard normal vectors a step uses at most; 0 for a deterministic solver. */
  int noises();

  /** How many of them step {@code k} looks at: the first so many blocks. */
  default int noises(TimeGrid grid, int k) {
    return noises();
  }

  /** Whether steps use fresh noise. */
  default boolean stochastic() {
    return noises() > 0;
  }

  /**
   * The number of steps to take when nobody says: with levels from 0.002 to 80 and data scaled to a standard deviation of 0.5 it gives the
   * spread of normal data within 2.2 % in every direction whose standard deviation lies between 0.2 and 4.
   */
  int defaultSteps();

  /** How its noise levels lie when nobody says: EDM's, ρ = 7. */
  default Spacing spacing() {
    return new Spacing.Karras(7);
  }

  /**
   * The grid of {@link #spacing()} for this many steps, on the clock of {@link #noising()}; its last time is 0.
   *
   * @param steps at least 1
   * @param sigmaMin the last noise level above 0; positive
   * @param sigmaMax the first noise level
   */
  default TimeGrid grid(int steps, double sigmaMin, double sigmaMax) {
    return spacing().levels(steps, sigmaMin, sigmaMax).onClockOf(noising());
  }

  /** Whether a step uses what the steps before it left behind; such a step cannot be taken twice. */
  default boolean remembers() {
    return false;
  }

  /** The standard deviation of the normal law from which a run that begins at time {@code t} starts. */
  double startingScale(double t);

  /** Whether rows choose their own steps, so that {@link #evaluations} is a guess and the true number known only afterwards. */
  default boolean adaptive() {
    return false;
  }

  /** How often step {@code k} calls the denoiser for one row: once, unless a solver says otherwise; a guess where it is {@link #adaptive}. */
  default int evaluations(TimeGrid grid, int k) {
    return 1;
  }

  /** How often a run over the grid calls the denoiser for one row. */
  default long evaluations(TimeGrid grid) {
    long sum = 0;
    for (int k = 0; k < grid.steps(); k++) {
      sum += evaluations(grid, k);
    }
    return sum;
  }

  /**
   * A worker for batches of at most {@code rows} rows; it owns the scratch arrays.
   *
   * @param denoiser called from the worker's thread only
   * @param grid on the clock of {@link #noising()}
   * @param rows at least 1
   */
  Worker on(Denoiser denoiser, TimeGrid grid, int rows);

  /** The solvers that ship, with their defaults. */
  static List<Solver> menu() {
    return List.of(
        new Heun(),
        new ExponentialIntegrator(),
        new Euler(),
        new AnnealedLangevin(),
        new Ddim(),
        new Ddpm(),
        new EulerAncestral(),
        new DpmSolverPlusPlus(2),
        new DpmSolverPlusPlus(3),
        new SdeDpmSolverPlusPlus(2),
        new UniPc(3),
        new AdamsBashforth(),
        new Plms(),
        new EdmStochastic(),
        new EulerMaruyama(),
        new AdaptiveRungeKutta(),
        new PredictorCorrector());
  }

  /** Does the steps. Used by one thread; allocates nothing. */
  interface Worker {
    /**
     * Takes step {@code k} of the grid with every row of {@code x}, in place. A run takes the steps 0, 1, … N-1 in this order; step 0
     * begins a new run.
     *
     * @param k 0 … N-1
     * @param x {@code rows × d}, row-major, at the k-th time; afterwards at the next
     * @param rows at most as many as the worker was made for
     * @param z {@link #noises(TimeGrid, int)} blocks of {@code rows × d} standard normal numbers, block m from {@code z[m · rows · d]} on; must not be written to
     */
    void step(int k, double[] x, int rows, double[] z);
  }
}
