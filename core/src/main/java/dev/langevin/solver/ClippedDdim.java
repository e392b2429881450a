package dev.langevin.solver;

import dev.langevin.diffusion.Clipping;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;

/**
 * DDIM as diffusers has it where it clips: the point is put together from the clipped posterior mean and the noise of the unclipped one, which no longer belong to one point (its {@code
 * use_clipped_model_output = false}). With an update x ← q x + w D + ς z ({@link Ddim}) that is
 *
 * <p>x ← q (x - D) + (q + w) clip(D) + ς z.
 *
 * <p>Where nothing is clipped it is the DDIM that it stands on; the other way, with the noise of the clipped mean, is that on a {@link dev.langevin.diffusion.ClippedDenoiser}.
 *
 * @param ddim a {@link Ddim} or {@link DiffusersDdim}
 * @param clipping what is done to the posterior mean
 */
public record ClippedDdim(Solver ddim, Clipping clipping) implements SigmaClock {
  public ClippedDdim {
    if (!(ddim instanceof Ddim || ddim instanceof DiffusersDdim)) {
      throw new IllegalArgumentException("ddim must be a DDIM, got " + ddim);
    }
  }

  @Override
  public String name() {
    return "ddim-clipped";
  }

  @Override
  public int noises() {
    return ddim.noises();
  }

  @Override
  public int defaultSteps() {
    return ddim.defaultSteps();
  }

  @Override
  public int evaluations(TimeGrid grid, int k) {
    return 1;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    Update[] plan = plan(grid);
    double[][] denoised = new double[1][Scratch.size(denoiser, rows)];
    double[] scratch = new double[denoiser.dimension()];
    return (k, x, n, z) -> {
      double[] mean = denoised[0];
      int d = denoiser.dimension();
      denoiser.denoise(x, n, grid.time(k), mean);
      subtract(x, mean, n * d);
      clipping.apply(mean, n, d, scratch);
      plan[k].apply(x, denoised, n * d, z, x);
    };
  }

  /** Of x - D and clip(D). */
  private Update[] plan(TimeGrid grid) {
    Update[] plan =
        ddim instanceof DiffusersDdim missteps ? missteps.plan(grid) : ((Ddim) ddim).plan(grid);
    for (int k = 0; k < plan.length; k++) {
      double keep = plan[k].keep();
      plan[k] = new Update(keep, new double[] {keep + plan[k].weights()[0]}, plan[k].fresh());
    }
    return plan;
  }

  private static void subtract(double[] x, double[] mean, int length) {
    for (int i = 0; i < length; i++) {
      x[i] -= mean[i];
    }
  }
}
