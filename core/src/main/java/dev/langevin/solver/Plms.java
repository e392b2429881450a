package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;

/**
 * Pseudo linear multistep, PNDM without its Runge–Kutta start (Liu, Ren, Lin &amp; Zhao 2022, eq. 11 and 12; diffusers' PNDMScheduler with {@code skip_prk_steps}): the
 * step of DDIM, x ← x + (t - s) ε in the variables x/a, with a blend of the last noises ε,
 *
 * <p>(3, -1)/2, (23, -16, 5)/12, (55, -59, 37, -9)/24.
 *
 * <p>The blends are Adams–Bashforth's for equal steps of σ; where the steps are not equal the order is 2 however many noises are blended. On EDM's grid that is better than
 * it sounds: the spread of normal data (standard deviations from 0.2 to 4) is off by 5.8 % at worst with 12 steps and 0.7 % with 32, by 16 % and 1.9 % with {@link
 * AdamsBashforth} of order 3, whose order pays where digits are wanted. The first step is Heun's, so that N steps take N + 1 evaluations; the step to σ = 0 returns the posterior mean.
 *
 * @param blend how many noises, 1 to 4; with 1 it is {@link Euler}
 */
public record Plms(int blend) implements ProbabilityFlow {
  private static final double[][] BLENDS = {
    {1},
    {3 / 2.0, -1 / 2.0},
    {23 / 12.0, -16 / 12.0, 5 / 12.0},
    {55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0}
  };

  public Plms {
    Check.between("blend", blend, 1, 4);
  }

  /** With four noises, as in the paper. */
  public Plms() {
    this(4);
  }

  @Override
  public String name() {
    return "plms";
  }

  @Override
  public int defaultSteps() {
    return 24;
  }

  @Override
  public boolean remembers() {
    return blend > 1;
  }

  @Override
  public int evaluations(TimeGrid grid, int k) {
    return k == 0 && blend > 1 && grid.time(1) > 0 ? 2 : 1;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    SlopeMultistep worker = new SlopeMultistep(denoiser, grid, plan(grid), rows);
    return blend > 1 ? new SlopeMultistep.Doubled(worker) : worker;
  }

  Update[] plan(TimeGrid grid) {
    Update[] plan = new Update[grid.steps()];
    for (int k = 0; k < plan.length; k++) {
      double gap = grid.time(k + 1) - grid.time(k);
      double[] weights = BLENDS[Math.min(blend, k + 1) - 1].clone();
      for (int j = 0; j < weights.length; j++) {
        weights[j] *= gap;
      }
      plan[k] = new Update(1, weights);
    }
    return plan;
  }
}
