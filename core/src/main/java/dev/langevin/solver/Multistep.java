package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;

/**
 * The worker of every solver whose step is one {@link Update} of the posterior means at the levels visited. The coefficients depend on the grid alone, so
 * they are laid out beforehand.
 */
final class Multistep implements Solver.Worker {
  private final Denoiser denoiser;
  private final TimeGrid grid;
  private final Update[] plan;
  private final double[][] history;

  /**
   * @param plan an update for each step; that of step k looks at k + 1 entries at most
   * @param rows of a batch at most
   */
  Multistep(Denoiser denoiser, TimeGrid grid, Update[] plan, int rows) {
    this.denoiser = denoiser;
    this.grid = grid;
    this.plan = plan;
    history = history(plan, Scratch.size(denoiser, rows));
  }

  /** Room for as many entries as the plan looks at. */
  static double[][] history(Update[] plan, int size) {
    int depth = 1;
    for (Update update : plan) {
      depth = Math.max(depth, update.weights().length);
    }
    return new double[depth][size];
  }

  /** Makes the oldest array the newest. */
  static double[] turn(double[][] history) {
    double[] oldest = history[history.length - 1];
    System.arraycopy(history, 0, history, 1, history.length - 1);
    history[0] = oldest;
    return oldest;
  }

  /**
   * The order that step {@code k} can have: the history is k + 1 long; a polynomial in λ cannot be followed to σ = 0; and on short grids the last steps are
   * lowered, for stability, if so wished.
   *
   * @param lowerBelow with fewer steps than this the last step has order 1 and the one before it 2
   */
  static int order(int wanted, TimeGrid grid, int k, int lowerBelow) {
    if (grid.time(k + 1) == 0) {
      return 1;
    }
    int left = grid.steps() < lowerBelow ? grid.steps() - k : wanted;
    return Math.min(Math.min(wanted, left), k + 1);
  }

  @Override
  public void step(int k, double[] x, int rows, double[] z) {
    denoiser.denoise(x, rows, grid.time(k), turn(history));
    plan[k].apply(x, history, rows * denoiser.dimension(), z, x);
  }
}
