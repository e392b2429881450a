package dev.langevin.mcmc;

import dev.langevin.density.LogDensity;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link Slice}. Random numbers of a step: d normals (direction), a uniform (level), a uniform (place of the first interval),
 * stepping out: a uniform (shares of the limit), doubling: one for each doubling; then one for each point tried.
 *
 * <p>Stepping out keeps detailed balance with NaN as an end of the step: the grid points between x and y lie above the level, so from
 * both sides the first point of the grid beyond is the same.
 */
final class SliceKernel implements TunableKernel {
  private static final double NARROW =
      1.1; // Neal 2003, figure 6: widths are multiples of w up to rounding

  private final Slice recipe;
  private final LogDensity density;
  private final Tuning tuning;
  private final double[] sphere;
  private final double[] direction;
  private final double[] origin;
  private final State proposal;
  private final State probe;
  private final Outcome outcome = new Outcome();

  // of the step under way: the interval and what is known of it
  private double level;
  private double left;
  private double right;
  private double broken;
  private int evaluations;

  SliceKernel(Slice recipe, LogDensity density) {
    int d = density.dimension();
    this.recipe = recipe;
    this.density = density;
    this.tuning = new Tuning(recipe.stepSize(), Metric.identity(d));
    this.sphere = new double[d];
    this.direction = new double[d];
    this.origin = new double[d];
    this.proposal = State.blankWithoutGradient(d);
    this.probe = State.blankWithoutGradient(d);
  }

  @Override
  public int dimension() {
    return sphere.length;
  }

  @Override
  public Tuning tuning() {
    return tuning;
  }

  @Override
  public State start(double[] x) {
    return State.withoutGradientAt(density, x);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    aim(random);
    evaluations = 0;
    broken = 0;
    level = state.logDensity() + StrictMath.log1p(-random.nextDouble());
    left = -tuning.stepSize() * random.nextDouble();
    right = left + tuning.stepSize();
    if (recipe.growth() == Slice.Growth.STEPPING_OUT) {
      stepOut(state, random);
    } else {
      doubleUp(state, random);
    }
    return shrink(state, random);
  }

  /** v = S e, e uniform on the sphere; for d = 1 to the one or the other side. */
  private void aim(RandomGenerator random) {
    Momentum.refresh(sphere, random);
    double length = Math.sqrt(2 * Momentum.energy(sphere));
    tuning.metric().move(origin, sphere, 1 / length, direction);
  }

  /** Figure 3. */
  private void stepOut(State state, RandomGenerator random) {
    int toLeft = (int) (recipe.limit() * random.nextDouble());
    int toRight = recipe.limit() - 1 - toLeft;
    while (toLeft-- > 0 && above(state, left, probe)) {
      left -= tuning.stepSize();
    }
    while (broken == 0 && toRight-- > 0 && above(state, right, probe)) {
      right += tuning.stepSize();
    }
  }

  /** Figure 4; each end is evaluated once. */
  private void doubleUp(State state, RandomGenerator random) {
    boolean leftAbove = above(state, left, probe);
    boolean rightAbove = broken == 0 && above(state, right, probe);
    for (int k = 0; k < recipe.limit() && broken == 0 && (leftAbove || rightAbove); k++) {
      double width = right - left;
      if (random.nextDouble() < 0.5) {
        left -= width;
        leftAbove = above(state, left, probe);
      } else {
        right += width;
        rightAbove = above(state, right, probe);
      }
    }
  }

  /** Figure 5. */
  private Outcome shrink(State state, RandomGenerator random) {
    double low = left;
    double high = right;
    for (int tried = 1; broken == 0 && tried <= Slice.TRIES; tried++) {
      double t = low + random.nextDouble() * (high - low);
      if (above(state, t, proposal) && reachable(state, t)) {
        return moveOrStay(state, tried);
      }
      if (t < 0) {
        low = t;
      } else {
        high = t;
      }
    }
    return broken == 0
        ? outcome.stayed(0, Double.NaN, evaluations)
        : outcome.diverged("log density", broken, Double.NaN, evaluations);
  }

  private Outcome moveOrStay(State state, int tried) {
    if (proposal.isAt(state)) {
      return outcome.stayed(0, Double.NaN, evaluations);
    }
    state.exchange(proposal);
    return outcome.moved(1.0 / tried, Double.NaN, evaluations);
  }

  /** Figure 6: whether doubling from t could have ended with the same interval; stepping out always could. */
  private boolean reachable(State state, double t) {
    if (recipe.growth() == Slice.Growth.STEPPING_OUT) {
      return true;
    }
    double from = left;
    double to = right;
    boolean apart = false;
    while (to - from > NARROW * tuning.stepSize()) {
      double middle = 0.5 * (from + to);
      apart |= (0 < middle) != (t < middle);
      if (t < middle) {
        to = middle;
      } else {
        from = middle;
      }
      if (apart && !above(state, from, probe) && !above(state, to, probe)) {
        return false;
      }
    }
    return broken == 0;
  }

  /** Evaluates x + t v into {@code at}, and tells whether it lies on or above the level. */
  private boolean above(State state, double t, State at) {
    double[] x = state.position();
    double[] y = at.position();
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] + t * direction[i];
    }
    at.evaluate(density);
    evaluations++;
    double logDensity = at.logDensity();
    if (!(logDensity < Double.POSITIVE_INFINITY)) {
      broken = logDensity;
      return false;
    }
    return logDensity >= level;
  }

  /** As far as the interval reaches: to t uniform on (-w, w). */
  @Override
  public double trial(State state, RandomGenerator random) {
    aim(random);
    broken = 0;
    double t = tuning.stepSize() * (2 * random.nextDouble() - 1);
    above(state, t, proposal);
    return broken == 0 && !proposal.isAt(state)
        ? proposal.logDensity() - state.logDensity()
        : Double.NEGATIVE_INFINITY;
  }
}
