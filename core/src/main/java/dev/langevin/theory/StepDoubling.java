package dev.langevin.theory;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import dev.langevin.solver.Generation;
import dev.langevin.solver.StepListener;
import java.util.List;

/**
 * What the steps of a deterministic solver cost, by taking twice as many. Girsanov's theorem needs noise, and says nothing here; but runs with N and 2N steps from the same
 * starts are a coupling, so that the root mean square of their difference bounds the W2 distance of the two laws of the output. If the differences go on
 * shrinking as they did from N/2 to N to 2N steps, the distance of N steps from infinitely many is at most their geometric sum: that is the estimate.
 *
 * @param difference root mean square distance, over all coordinates, between N and 2N steps; a bound of W2 between their laws, up to the sampling of rows
 * @param order the observed order, log₂ of the ratio of the differences (N/2, N) and (N, 2N)
 * @param estimate of W2 between N steps and infinitely many: difference/(1 - 2^{-order}); infinite where the order is not positive
 */
public record StepDoubling(double difference, double order, double estimate) {
  /**
   * Runs the generation with N/2 (rounded up), N and 2N steps.
   *
   * @param recipe of a deterministic solver, of two steps or more
   * @param rows how many rows, at least 2; the cost is 3.5 generations of them
   */
  public static StepDoubling of(Generation recipe, Denoiser denoiser, int rows, Seed seed) {
    if (recipe.solver().stochastic()) {
      throw new IllegalArgumentException(
          "solver must be deterministic, got " + recipe.solver().name());
    }
    Check.atLeast("rows", rows, 2);
    int n = Check.atLeast("steps", recipe.steps(), 2);
    double[] coarse = run(recipe, (n + 1) / 2, denoiser, rows, seed);
    double[] plain = run(recipe, n, denoiser, rows, seed);
    double[] fine = run(recipe, 2 * n, denoiser, rows, seed);
    double before = distance(coarse, plain, rows);
    double after = distance(plain, fine, rows);
    double ratio = after / before;
    double order = -StrictMath.log(ratio) / StrictMath.log(2);
    return new StepDoubling(
        after, order, ratio < 1 ? after / (1 - ratio) : Double.POSITIVE_INFINITY);
  }

  private static double[] run(
      Generation recipe, int steps, Denoiser denoiser, int rows, Seed seed) {
    Generation other =
        new Generation(
            recipe.solver(), recipe.spacing(), steps, recipe.sigmaMin(), recipe.sigmaMax());
    return other.sample(denoiser, rows, rows, seed, StepListener.NONE);
  }

  private static double distance(double[] one, double[] other, int rows) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(sum / rows);
  }

  /** In words. */
  public List<String> lines() {
    return List.of(
        "steps  "
            + Wording.number(estimate)
            + " in W2, estimated: between this many steps and twice as many from the same starts the rows differ by "
            + Wording.number(difference)
            + " (root mean square; observed order "
            + Wording.number(order)
            + "). A deterministic solver has no bound in relative entropy.");
  }
}
