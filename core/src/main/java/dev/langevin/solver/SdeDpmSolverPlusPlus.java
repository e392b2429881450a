package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;

/**
 * SDE-DPM-Solver++, multistep (Lu, Zhou, Bao, Chen, Li &amp; Zhu 2022, section 6 and eq. 18): the reverse SDE in λ = -ln σ is dx = 2(D - x) dλ + √2 σ dB; as in {@link
 * DpmSolverPlusPlus}, with 2h in place of h in the weights,
 *
 * <p>x ← (t/s)² x + ψ₀ m₀ + ψ₁ D₁ + t √(1 - e^{-2h}) z, ψ₀ = 1 - e^{-2h}, ψ₁ = 1 - ψ₀/(2h).
 *
 * <p>Order 1 is {@link Ddim} with η = 1. Mean and covariance of the output on normal data converge with order {@code order}, the second too although the noise of the
 * step before stands in m₀ - m₁: measured by exact recursion; no theorem is known to us for other data. One evaluation per step; a step to σ = 0 returns m₀.
 *
 * @param order 1 or 2
 * @param rule how D₁ is weighed
 * @param lowerBelow on grids of fewer steps than this the last step is of order 1; 0 never does
 */
public record SdeDpmSolverPlusPlus(int order, DpmSolverPlusPlus.Rule rule, int lowerBelow)
    implements SigmaClock {
  public SdeDpmSolverPlusPlus {
    Check.between("order", order, 1, 2);
    Check.atLeast("lowerBelow", lowerBelow, 0);
  }

  /** Of this order to the end. */
  public SdeDpmSolverPlusPlus(int order) {
    this(order, DpmSolverPlusPlus.Rule.MIDPOINT, 0);
  }

  /** What diffusers' DPMSolverMultistepScheduler does with {@code algorithm_type="sde-dpmsolver++"}. */
  public static SdeDpmSolverPlusPlus diffusers(int order, DpmSolverPlusPlus.Rule rule) {
    return new SdeDpmSolverPlusPlus(order, rule, 15);
  }

  @Override
  public String name() {
    return "dpm++sde";
  }

  @Override
  public int noises() {
    return 1;
  }

  @Override
  public int defaultSteps() {
    return order == 1 ? 320 : 56;
  }

  @Override
  public boolean remembers() {
    return order > 1;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return new Multistep(denoiser, grid, plan(grid), rows);
  }

  Update[] plan(TimeGrid grid) {
    Update[] plan = new Update[grid.steps()];
    for (int k = 0; k < plan.length; k++) {
      LogStep step = new LogStep(grid, k, 2);
      int p = Multistep.order(order, grid, k, lowerBelow);
      double[] weights = DpmSolverPlusPlus.weights(step, p, rule, false);
      plan[k] = new Update(step.keep(), weights, LogStep.fresh(grid.time(k), grid.time(k + 1)));
    }
    return plan;
  }
}
