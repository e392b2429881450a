package dev.langevin.mcmc;

import dev.langevin.density.LogDensity;
import java.util.random.RandomGenerator;

/** Slice sampling as Neal (2003) writes it, in two dimensions, slowly: a right one, and twins each with one classic mistake. */
final class SliceTwin implements Kernel {
  /** What may be wrong. */
  enum Mistake {
    NONE,
    /** The first interval has x always in its middle, and does not grow. */
    CENTRED_INTERVAL,
    /** The level is log p - u in place of log p + log u. */
    LEVEL_WITHOUT_LOGARITHM,
    /** A point below the level moves the end on its side of the middle of the interval, not on its side of x. */
    SHRINKS_TO_THE_MIDDLE,
    /** After doubling, every point on the slice will do. */
    NO_TEST_AFTER_DOUBLING
  }

  private final LogDensity density;
  private final Slice recipe;
  private final Mistake mistake;
  private int evaluations;

  SliceTwin(LogDensity density, Slice recipe, Mistake mistake) {
    this.density = density;
    this.recipe = recipe;
    this.mistake = mistake;
  }

  @Override
  public int dimension() {
    return 2;
  }

  @Override
  public State start(double[] x) {
    return State.withoutGradientAt(density, x);
  }

  private double f(State state, double[] v, double t) {
    evaluations++;
    double[] x = state.position();
    return density.logDensity(new double[] {x[0] + t * v[0], x[1] + t * v[1]});
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    evaluations = 0;
    double a = random.nextGaussian();
    double b = random.nextGaussian();
    double[] v = {a / Math.sqrt(a * a + b * b), b / Math.sqrt(a * a + b * b)};
    double u = random.nextDouble();
    double level =
        state.logDensity() + (mistake == Mistake.LEVEL_WITHOUT_LOGARITHM ? -u : Math.log1p(-u));
    double w = recipe.stepSize();
    double first = random.nextDouble();
    double[] interval = {-w * first, -w * first + w};
    if (mistake == Mistake.CENTRED_INTERVAL) {
      interval = new double[] {-w / 2, w / 2};
    } else if (recipe.growth() == Slice.Growth.STEPPING_OUT) {
      stepOut(state, v, level, interval, random);
    } else {
      doubleUp(state, v, level, interval, random);
    }
    return shrink(state, v, level, interval, random);
  }

  private void stepOut(State s, double[] v, double level, double[] i, RandomGenerator random) {
    int j = (int) Math.floor(recipe.limit() * random.nextDouble());
    int k = recipe.limit() - 1 - j;
    for (; j > 0 && level < f(s, v, i[0]); j--) {
      i[0] -= recipe.stepSize();
    }
    for (; k > 0 && level < f(s, v, i[1]); k--) {
      i[1] += recipe.stepSize();
    }
  }

  private void doubleUp(State s, double[] v, double level, double[] i, RandomGenerator random) {
    int k = recipe.limit();
    while (k > 0 && (level < f(s, v, i[0]) || level < f(s, v, i[1]))) {
      if (random.nextDouble() < 0.5) {
        i[0] -= i[1] - i[0];
      } else {
        i[1] += i[1] - i[0];
      }
      k--;
    }
  }

  private Outcome shrink(State s, double[] v, double level, double[] i, RandomGenerator random) {
    double low = i[0];
    double high = i[1];
    for (int tried = 1; ; tried++) {
      double t = low + random.nextDouble() * (high - low);
      if (level < f(s, v, t) && acceptable(s, v, level, i, t)) {
        s.position()[0] += t * v[0];
        s.position()[1] += t * v[1];
        s.evaluate(density);
        return new Outcome().moved(1.0 / tried, Double.NaN, evaluations);
      }
      if (t < (mistake == Mistake.SHRINKS_TO_THE_MIDDLE ? (low + high) / 2 : 0)) {
        low = t;
      } else {
        high = t;
      }
    }
  }

  private boolean acceptable(State s, double[] v, double level, double[] i, double t) {
    if (recipe.growth() == Slice.Growth.STEPPING_OUT || mistake == Mistake.NO_TEST_AFTER_DOUBLING) {
      return true;
    }
    double low = i[0];
    double high = i[1];
    boolean d = false;
    while (high - low > 1.1 * recipe.stepSize()) {
      double m = (low + high) / 2;
      if ((0 < m && t >= m) || (0 >= m && t < m)) {
        d = true;
      }
      if (t < m) {
        high = m;
      } else {
        low = m;
      }
      if (d && level >= f(s, v, low) && level >= f(s, v, high)) {
        return false;
      }
    }
    return true;
  }
}
