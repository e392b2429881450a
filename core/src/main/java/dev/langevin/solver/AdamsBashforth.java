package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;

/**
 * Adams–Bashforth methods on the probability-flow ODE dx/dσ = ε, ε = (x - D)/σ, with the weights that belong to the grid's own, unequal steps: the polynomial in σ
 * through the last {@code order} slopes is integrated from level s to level t (Bashforth &amp; Adams 1883; Zhang &amp; Chen 2023, whose ρAB-DEIS this is). Order {@code order} in the
 * number of steps; one evaluation per step. {@link Plms} has the weights of equal steps, and order 2; with few steps it is the better one.
 *
 * <p>The first steps are of lower order, for want of a history, and the step to σ = 0 returns the posterior mean.
 *
 * @param order 1 to 4
 */
public record AdamsBashforth(int order) implements ProbabilityFlow {
  public AdamsBashforth {
    Check.between("order", order, 1, 4);
  }

  /** Of order 3. */
  public AdamsBashforth() {
    this(3);
  }

  @Override
  public String name() {
    return "adams-bashforth";
  }

  @Override
  public int defaultSteps() {
    return 32;
  }

  @Override
  public boolean remembers() {
    return order > 1;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return new SlopeMultistep(denoiser, grid, plan(grid), rows);
  }

  Update[] plan(TimeGrid grid) {
    Update[] plan = new Update[grid.steps()];
    for (int k = 0; k < plan.length; k++) {
      int p = Multistep.order(order, grid, k, 0);
      plan[k] = new Update(1, weights(grid, k, p));
    }
    return plan;
  }

  /** In u = (σ - s)/(t - s) the integral of u^i is 1/(i + 1). */
  private static double[] weights(TimeGrid grid, int k, int p) {
    double gap = grid.time(k + 1) - grid.time(k);
    double[] nodes = new double[p];
    double[] moments = new double[p];
    for (int j = 0; j < p; j++) {
      nodes[j] = (grid.time(k - j) - grid.time(k)) / gap;
      moments[j] = gap / (j + 1);
    }
    return LogStep.weights(nodes, moments);
  }
}
