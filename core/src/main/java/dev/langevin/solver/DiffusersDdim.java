package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.TimeGrid;

/**
 * {@link Ddim} with the missteps of diffusers' DDIMScheduler (0.40), for results that were made with it: on a grid of N of the T timesteps it always goes down by
 * ⌊T/N⌋ timesteps, and then takes the point, in the variance-preserving variables, for one at the next level of the grid. With {@code linspace}, whose timesteps
 * lie farther apart, each step so ends on too noisy a level; with {@code trailing} it goes wrong where N does not divide T; with {@code leading} it is right, and the same as {@link Ddim}.
 *
 * @param schedule the chain whose timesteps the grid's levels are
 * @param eta η, from 0 to 1
 */
public record DiffusersDdim(DiscreteSchedule schedule, double eta) implements SigmaClock {
  public DiffusersDdim {
    new Ddim(eta); // refuses what makes no sense
  }

  @Override
  public String name() {
    return "ddim-diffusers";
  }

  @Override
  public int noises() {
    return new Ddim(eta).noises();
  }

  @Override
  public int defaultSteps() {
    return new Ddim(eta).defaultSteps();
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return new Multistep(denoiser, grid, plan(grid), rows);
  }

  Update[] plan(TimeGrid grid) {
    Update[] plan = new Update[grid.steps()];
    for (int k = 0; k < plan.length; k++) {
      plan[k] = update(grid, k);
    }
    return plan;
  }

  /** DDIM's step to ⌊T/N⌋ timesteps below, or to 0, then x/a with the a of the grid's next level. */
  private Update update(TimeGrid grid, int k) {
    double t = Math.rint(schedule.time(grid.time(k))) - schedule.steps() / grid.steps();
    double reached = Math.max(0, t);
    double next = schedule.time(grid.time(k + 1));
    double factor = schedule.signal(reached) / schedule.signal(next);
    Update right = new Ddim(eta).update(grid.time(k), schedule.sigma(reached));
    return new Update(
        factor * right.keep(), new double[] {factor * right.weights()[0]}, factor * right.fresh());
  }
}
