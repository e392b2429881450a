package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;

/**
 * UniPC, a predictor-corrector pair for the probability-flow ODE (Zhao, Bai, Rao, Zhou &amp; Lu 2023, algorithms 1 to 3, data prediction). The predictor, UniP, is {@link
 * DpmSolverPlusPlus} of the same order. The corrector, UniC, needs no further evaluation: the posterior mean at the predicted point, which the next step asks
 * for anyway, is a node more in the polynomial, and the last step is done again with it from the corrected point where it began.
 *
 * <p>Order {@code order + 1} in the number of steps; one evaluation per step. With the weights solved for, their B(h) cancels; it is left where a rule of two nodes
 * has the coefficient ½: in the predictor of order 2 and in the corrector of order 1. The step to σ = 0 returns m₀, uncorrected as every last step.
 *
 * @param order p, 1 to 3
 * @param scale B(h)
 * @param lowerBelow on grids of fewer steps than this the last step is of order 1 and the one before it of order 2 at most, and the order of the whole is then at
 *     most 2 where the grid does not end at 0; 0 never does
 */
public record UniPc(int order, Scale scale, int lowerBelow) implements ProbabilityFlow {
  public UniPc {
    Check.between("order", order, 1, 3);
    Check.atLeast("lowerBelow", lowerBelow, 0);
  }

  /** The paper's B(h), for h &gt; 0. */
  public enum Scale {
    /** h. */
    BH1,
    /** 1 - e^{-h}. */
    BH2
  }

  /** Of this order to the end, with B₂. */
  public UniPc(int order) {
    this(order, Scale.BH2, 0);
  }

  /** What diffusers' UniPCMultistepScheduler does: {@code lower_order_final} on grids of any length. */
  public static UniPc diffusers(int order, Scale scale) {
    return new UniPc(order, scale, Integer.MAX_VALUE);
  }

  @Override
  public String name() {
    return "unipc";
  }

  @Override
  public int defaultSteps() {
    return order == 1 ? 48 : order == 2 ? 28 : 25;
  }

  @Override
  public boolean remembers() {
    return true;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return new UniPcWorker(denoiser, grid, predictors(grid), correctors(grid), rows);
  }

  Update[] predictors(TimeGrid grid) {
    Update[] plan = new Update[grid.steps()];
    for (int k = 0; k < plan.length; k++) {
      int p = Multistep.order(order, grid, k, lowerBelow);
      plan[k] = update(new LogStep(grid, k, 1), p, false);
    }
    return plan;
  }

  /** How each step but the last is done again when the posterior mean at its end is known. */
  Update[] correctors(TimeGrid grid) {
    Update[] plan = new Update[grid.steps() - 1];
    for (int k = 0; k < plan.length; k++) {
      int p = Multistep.order(order, grid, k, lowerBelow);
      plan[k] = update(new LogStep(grid, k, 1), p + 1, true);
    }
    return plan;
  }

  /** With {@code count} nodes. */
  private Update update(LogStep step, int count, boolean ahead) {
    double[] moments = step.moments(count);
    if (count == 2) {
      moments[1] = (scale == Scale.BH1 ? step.length() : moments[0]) / 2;
    }
    return new Update(step.keep(), LogStep.weights(step.nodes(count, ahead), moments));
  }

  static final class UniPcWorker implements Worker {
    private final Denoiser denoiser;
    private final TimeGrid grid;
    private final Update[] predictors;
    private final Update[] correctors;
    private final double[][] history;
    private final double[] before;

    UniPcWorker(
        Denoiser denoiser, TimeGrid grid, Update[] predictors, Update[] correctors, int rows) {
      this.denoiser = denoiser;
      this.grid = grid;
      this.predictors = predictors;
      this.correctors = correctors;
      before = new double[Scratch.size(denoiser, rows)];
      history = Multistep.history(correctors, before.length);
    }

    @Override
    public void step(int k, double[] x, int rows, double[] z) {
      int length = rows * denoiser.dimension();
      denoiser.denoise(x, rows, grid.time(k), Multistep.turn(history));
      if (k > 0) {
        correctors[k - 1].apply(before, history, length, z, x);
      }
      System.arraycopy(x, 0, before, 0, length);
      predictors[k].apply(x, history, length, z, x);
    }
  }
}
