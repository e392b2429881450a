package dev.langevin.mcmc;

import dev.langevin.density.LogDensity;
import java.util.random.RandomGenerator;

/** Slice sampling as Neal (2003) writes it, slowly: a right one, and twins each with one classic mistake. */
final class SliceTwin implements Kernel {
  /** What may be wrong. */
  enum Mistake {
    NONE,
    /** The first interval has x always in its middle, and does not grow. */
    CENTRED_INTERVAL,
    /** The level is log p - u in place of log p + log u. */
    LEVEL_WITHOUT_LOGARITHM,
    /** The first point on the interval will do, above the level or not. */
    NO_SHRINKAGE,
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
    return density.dimension();
  }

  @Override
  public State start(double[] x) {
    return State.withoutGradientAt(density, x);
  }

  private double f(State state, double[] v, double t) {
    evaluations++;
    double[] x = state.position().clone();
    for (int i = 0; i < x.length; i++) {
      x[i] += t * v[i];
    }
    return density.logDensity(x);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    evaluations = 0;
    double[] v = direction(random);
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

  private double[] direction(RandomGenerator random) {
    double[] v = new double[dimension()];
    double square = 0;
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextGaussian();
      square += v[i] * v[i];
    }
    for (int i = 0; i < v.length; i++) {
      v[i] /= Math.sqrt(square);
    }
    return v;
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
    for (int tried = 1; tried <= Slice.TRIES; tried++) {
      double t = low + random.nextDouble() * (high - low);
      if ((level < f(s, v, t) || mistake == Mistake.NO_SHRINKAGE)
          && acceptable(s, v, level, i, t)) {
        for (int j = 0; j < v.length; j++) {
          s.position()[j] += t * v[j];
        }
        s.evaluate(density);
        return new Outcome().moved(1.0 / tried, Double.NaN, evaluations);
      }
      if (t < 0) {
        low = t;
      } else {
        high = t;
      }
    }
    return new Outcome().stayed(0, Double.NaN, evaluations);
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
