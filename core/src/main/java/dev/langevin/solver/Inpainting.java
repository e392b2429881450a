package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * Fills in the unknown coordinates of points whose others are known, with any solver and a denoiser that knows nothing of the task.
 *
 * <p>After every step to time t the known coordinates are replaced by noised data, a(t) v + b(t) z (projection; Song et al. 2021, section 5 and appendix I.2). The denoiser's next look
 * at the point brings the others into line, but not enough: they were moved without knowing what would be put beside them. RePaint (Lugmayr, Danelljan,
 * Romero, Yu, Timofte &amp; Van Gool 2022, algorithm 1 and appendix B) therefore takes the steps several times over: at every j-th level t, counted from the last one above 0, the point is
 * brought back by j levels, to s, with the forward process, x ← ρ x + √(b(s)² - ρ² b(t)²) z, ρ = a(s)/a(t), and the j steps are done again, until they have been done r times. The
 * paper has j = r = 10. Where fewer than j steps lie above a level there is no jump, and the step to time 0 is done once.
 *
 * <p>Both are approximations. The second one's law tends to the conditional one when resamplings and steps grow together; on a given grid the error falls with the number of resamplings, but not to zero. By exact propagation, two coordinates of
 * unit variance and correlation 0.8, the first known to be 1.2, so that the second is N(0.96, 0.36); 64 steps from 80 to 0.002:
 *
 * <table>
 *   <caption>Mean and variance of the second coordinate</caption>
 *   <tr><th>resamplings</th><th>{@link Ddim}, η = 1</th><th>{@link ExponentialIntegrator}</th></tr>
 *   <tr><td>1, projection</td><td>0.571, 0.435</td><td>0.577, 0.566</td></tr>
 *   <tr><td>2</td><td>0.733, 0.368</td><td>0.736, 0.459</td></tr>
 *   <tr><td>5</td><td>0.867, 0.322</td><td>0.868, 0.398</td></tr>
 *   <tr><td>20</td><td>0.938, 0.298</td><td>0.938, 0.369</td></tr>
 * </table>
 *
 * <p>Finer grids do little for projection: 0.593 and 0.478 with 256 steps of DDIM. What stays of the variance at 20 resamplings is the solver's own error.
 * Longer jumps, which the paper finds better on photographs, are not on these data: with r = 10 and DDIM j = 1 gives 0.915, 0.307 for 631 evaluations, j = 5 gives 0.899, 0.314 and j = 10 gives
 * 0.879, 0.331, both for 604.
 *
 * <p>A step at whose end the point is taken back needs the noise of all repetitions at once, {@link #noises()} vectors a row: for a solver of one noise and j = r = 10 these are 191, so that long jumps want small batches.
 *
 * @param solver the solver; one that remembers its steps only without resampling
 * @param known which coordinates are known; of length d, copied
 * @param values their values; of length d, the others are not looked at; copied
 * @param jump j, how many steps are taken back and done again together; at least 1
 * @param resamplings r, how often every step is taken; at least 1, which is plain projection
 */
public record Inpainting(Solver solver, boolean[] known, double[] values, int jump, int resamplings)
    implements Solver {
  public Inpainting {
    known = known.clone();
    values = Check.length("values", values, known.length).clone();
    for (int j = 0; j < known.length; j++) {
      if (known[j]) {
        Check.finite("values[" + j + "]", values[j]);
      }
    }
    Check.atLeast("jump", jump, 1);
    Check.atLeast("resamplings", resamplings, 1);
    if (resamplings > 1 && solver.remembers()) {
      throw new IllegalArgumentException(
          "solver must not remember its steps when they are resampled, got " + solver);
    }
  }

  /** With jumps of one step. */
  public Inpainting(Solver solver, boolean[] known, double[] values, int resamplings) {
    this(solver, known, values, 1, resamplings);
  }

  @Override
  public boolean[] known() {
    return known.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  @Override
  public String name() {
    return solver.name() + (resamplings > 1 ? "-repaint" : "-projected");
  }

  @Override
  public Noising noising() {
    return solver.noising();
  }

  /** Those of a step that ends with jumps: for every repetition of a step the solver's own and one block for the known coordinates, for every jump one. */
  @Override
  public int noises() {
    long noises = (1 + (resamplings - 1L) * jump) * (solver.noises() + 1) + resamplings - 1;
    return Math.toIntExact(noises);
  }

  @Override
  public int noises(TimeGrid grid, int k) {
    return jumps(grid, k) > 0 ? noises() : solver.noises() + 1;
  }

  @Override
  public boolean remembers() {
    return solver.remembers();
  }

  @Override
  public int defaultSteps() {
    return solver.defaultSteps();
  }

  @Override
  public Spacing spacing() {
    return solver.spacing();
  }

  @Override
  public double startingScale(double t) {
    return solver.startingScale(t);
  }

  @Override
  public int evaluations(TimeGrid grid, int k) {
    int block = 0;
    for (int i = k + 1 - jump; i <= k && jumps(grid, k) > 0; i++) {
      block += solver.evaluations(grid, i);
    }
    return solver.evaluations(grid, k) + (resamplings - 1) * block;
  }

  /** How often the point is taken back after step {@code k}: r - 1 times at every j-th positive level from the last one on, if it has j levels above it. */
  private int jumps(TimeGrid grid, int k) {
    int last = grid.time(grid.steps()) > 0 ? grid.steps() : grid.steps() - 1;
    int left = last - (k + 1);
    return left >= 0 && left % jump == 0 && k + 1 >= jump ? resamplings - 1 : 0;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    Check.length("values", values, denoiser.dimension());
    int size = Scratch.size(denoiser, rows, solver.noises());
    return new InpaintingWorker(this, solver.on(denoiser, grid, rows), grid, size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Inpainting that
        && solver.equals(that.solver)
        && Arrays.equals(known, that.known)
        && Arrays.equals(values, that.values)
        && jump == that.jump
        && resamplings == that.resamplings;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * solver.hashCode() + Arrays.hashCode(values)) + jump) + resamplings;
  }

  @Override
  public String toString() {
    return "Inpainting[%s, %d known, jump %d, %d resamplings]"
        .formatted(solver, count(), jump, resamplings);
  }

  private int count() {
    int count = 0;
    for (boolean one : known) {
      count += one ? 1 : 0;
    }
    return count;
  }

  private static final class InpaintingWorker implements Worker {
    private final Inpainting recipe;
    private final Worker inner;
    private final TimeGrid grid;
    private final Noising noising;
    private final int noises; // of the solver
    private final double[] own;

    InpaintingWorker(Inpainting recipe, Worker inner, TimeGrid grid, int size) {
      this.recipe = recipe;
      this.inner = inner;
      this.grid = grid;
      noising = recipe.noising();
      noises = recipe.solver.noises();
      own = new double[size];
    }

    @Override
    public void step(int k, double[] x, int rows, double[] z) {
      int block = rows * recipe.known.length;
      int from = once(k, x, rows, z, 0);
      for (int u = recipe.jumps(grid, k); u > 0; u--) {
        int back = k + 1 - recipe.jump;
        back(x, block, grid.time(k + 1), grid.time(back), z, from);
        from += block;
        for (int i = back; i <= k; i++) {
          from = once(i, x, rows, z, from);
        }
      }
    }

    /** The solver's step and the replacement, with the noise from here on; where the next noise begins. */
    private int once(int k, double[] x, int rows, double[] z, int from) {
      int block = rows * recipe.known.length;
      int noise = noises * block;
      System.arraycopy(z, from, own, 0, noise);
      inner.step(k, x, rows, own);
      replace(x, block, grid.time(k + 1), z, from + noise);
      return from + noise + block;
    }

    private void replace(double[] x, int length, double t, double[] z, int from) {
      double a = noising.signal(t);
      double b = noising.noise(t);
      int d = recipe.known.length;
      for (int i = 0; i < length; i++) {
        int j = i % d;
        if (recipe.known[j]) {
          x[i] = a * recipe.values[j] + b * z[from + i];
        }
      }
    }

    /** From time t up to time s: b(s)² - ρ² b(t)² = a(s)² (σ(s)² - σ(t)²). */
    private void back(double[] x, int length, double t, double s, double[] z, int from) {
      double a = noising.signal(s);
      double rho = a / noising.signal(t);
      double high = noising.sigma(s);
      double low = noising.sigma(t);
      double fresh = a * Math.sqrt((high - low) * (high + low));
      for (int i = 0; i < length; i++) {
        x[i] = rho * x[i] + fresh * z[from + i];
      }
    }
  }
}
