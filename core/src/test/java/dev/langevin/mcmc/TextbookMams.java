package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.random.RandomGenerator;

/** MAMS with leapfrog, a fixed number of steps and the identity metric, as the paper writes it; and twins with a mistake. */
final class TextbookMams implements Kernel {
  /** What may be wrong. */
  enum Mistake {
    NONE,
    /** Accepts by the densities alone. */
    NO_VOLUME_TERM,
    /** Takes d for d - 1 in the volume term. */
    ONE_DIMENSION_TOO_MANY,
    /** Takes every proposal. */
    NO_TEST
  }

  private final Density density;
  private final double eps;
  private final int steps;
  private final Mistake mistake;

  TextbookMams(Density density, double eps, int steps, Mistake mistake) {
    this.density = density;
    this.eps = eps;
    this.steps = steps;
    this.mistake = mistake;
  }

  @Override
  public int dimension() {
    return density.dimension();
  }

  @Override
  public State start(double[] x) {
    return State.at(density, x);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    int d = dimension();
    double[] u = new double[d];
    for (int i = 0; i < d; i++) {
      u[i] = random.nextGaussian();
    }
    scale(u, 1 / norm(u));
    double uniform = random.nextDouble();
    State at = State.blank(d);
    at.copyFrom(state);
    double work = 0;
    for (int n = 0; n < steps; n++) {
      work += kick(u, at.gradient());
      for (int i = 0; i < d; i++) {
        at.position()[i] += eps * u[i];
      }
      at.evaluate(density);
      work += kick(u, at.gradient());
    }
    double error = work - (at.logDensity() - state.logDensity());
    double acceptance = mistake == Mistake.NO_TEST ? 1 : Math.exp(Math.min(0, -error));
    if (uniform < acceptance) {
      state.exchange(at);
      return new Outcome().moved(acceptance, Double.NaN, steps);
    }
    return new Outcome().stayed(acceptance, Double.NaN, steps);
  }

  /** The half-step of arXiv 2503.01707 with hyperbolic functions; returns the kinetic energy that it gives. */
  private double kick(double[] u, double[] g) {
    int d = u.length;
    double size = norm(g);
    double delta = 0.5 * eps * size / (d - 1);
    double along = 0;
    for (int i = 0; i < d; i++) {
      along += u[i] * g[i] / size;
    }
    double n = Math.cosh(delta) + along * Math.sinh(delta);
    for (int i = 0; i < d; i++) {
      double e = g[i] / size;
      u[i] = (u[i] + e * (Math.sinh(delta) + along * (Math.cosh(delta) - 1))) / n;
    }
    return switch (mistake) {
      case NO_VOLUME_TERM -> 0;
      case ONE_DIMENSION_TOO_MANY -> d * Math.log(n);
      default -> (d - 1) * Math.log(n);
    };
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double one : v) {
      sum += one * one;
    }
    return Math.sqrt(sum);
  }

  private static void scale(double[] v, double c) {
    for (int i = 0; i < v.length; i++) {
      v[i] *= c;
    }
  }
}
