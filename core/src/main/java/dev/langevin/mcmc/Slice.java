package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;
import dev.langevin.math.Check;
import java.util.List;

/**
 * Slice sampling along a random line (Neal 2003, section 4; the direction as in the hit-and-run of Smith 1984): a level log u + log p(x), u
 * uniform on (0, 1); a direction v = M<sup>-1/2</sup> e, e uniform on the unit sphere; an interval of width w around x that grows until
 * both ends lie below the level; then points t uniform on the interval, which shrinks to each that lies below, until x + t v lies above.
 * Needs no gradient, never rejects, and forgives a bad width: a cost that grows with its logarithm if too wide, linearly if too
 * narrow. About 5 evaluations and O(d) a step (O(d²) with a dense metric); of order d steps to an independent draw.
 *
 * <p>{@link Outcome#acceptance()} is 1/k, k the number of points that were tried on the interval. It falls from 1 (stepping
 * out; 0.57 when doubling) to 0 as the width grows, and so a warm-up can steer the width by it: to 0.65 (0.5), which on a Gaussian is a width of
 * 4.5 (8) standard deviations and costs 4.8 (6.3) evaluations a step. Measured: at a quarter or four times that width stepping out costs 6 or 5.7.
 * {@link Outcome#evaluations()} varies from step to step, and so does the number of random numbers.
 *
 * <p>A point that is NaN or positive infinity ends the step as a divergence. A step also ends where it began when 200 points lie
 * below the level: the way from any of the points to any other shrinks through the same points, so detailed balance holds.
 *
 * @param stepSize w, the width of the first interval in the metric's units; positive
 * @param growth how the interval grows
 * @param limit stepping out: the interval is at most so many widths; doubling: at most so many doublings, up to 50; at least 1
 */
public record Slice(double stepSize, Growth growth, int limit) implements Sampler {
  static final int TRIES = 200;

  /** How the interval grows (Neal 2003, figures 3 and 4). */
  public enum Growth {
    /** By one width at a time, at both ends: short intervals, cheap if the width is right. */
    STEPPING_OUT,
    /** By doubling to a random side: fast where the width is far too small, but a found point costs a test more (figure 6). */
    DOUBLING
  }

  public Slice {
    Check.positive("stepSize", stepSize);
    Check.atLeast("limit", limit, 1);
    if (growth == Growth.DOUBLING) {
      Check.between("limit", limit, 1, 50);
    }
  }

  /** Stepping out, to at most 100 widths, from width 1, where a warm-up begins to search. */
  public static Slice defaults() {
    return new Slice(1, Growth.STEPPING_OUT, 100);
  }

  @Override
  public String name() {
    return "slice";
  }

  @Override
  public double targetAcceptance() {
    return growth == Growth.STEPPING_OUT ? 0.65 : 0.5;
  }

  @Override
  public List<Statistic> statistics() {
    return List.of(
        Statistic.LOG_DENSITY,
        Statistic.ACCEPTANCE,
        Statistic.STEP_SIZE,
        Statistic.LEAPFROGS,
        Statistic.DIVERGENT);
  }

  @Override
  public TunableKernel on(Density density) {
    return on((LogDensity) density);
  }

  /** A worker with the identity metric, on a density without gradient. */
  public TunableKernel on(LogDensity density) {
    return new SliceKernel(this, density);
  }
}
