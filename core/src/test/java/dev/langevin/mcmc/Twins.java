package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.random.RandomGenerator;

/**
 * MALA, HMC, Barker and BAOAB as textbooks write them, slowly and with the identity metric: right ones, to compare with, and twins each with one classic
 * mistake, which the tests must catch.
 */
final class Twins {
  private Twins() {}

  /** What may be wrong with a twin. */
  enum Mistake {
    NONE,
    /** MALA accepts with p(x)/p(y) in place of p(y)/p(x). */
    RATIO_UPSIDE_DOWN,
    /** MALA without q(x|y)/q(y|x). */
    NO_REVERSE_PROPOSAL,
    /** MALA proposes with sqrt(h) in place of sqrt(2h), while its ratio has the right one. */
    NOISE_WITHOUT_TWO,
    /** HMC starts every trajectory with momentum 0. */
    MOMENTUM_NOT_REFRESHED,
    /** HMC's first kick is a whole one. */
    WHOLE_FIRST_KICK,
    /** HMC forgets the kinetic energy at the end. */
    NO_KINETIC_ENERGY_AT_END,
    /** Barker accepts with p(y)/p(x) alone. */
    NO_BARKER_FACTOR,
    /** BAOAB's noise is 1 - c in place of sqrt(1 - c²). */
    NOISE_WITHOUT_ROOT
  }

  /** Formula A5: log acceptance = V(x) - V(z) - |x - z + h V'(z)|²/(4h) + |z - x + h V'(x)|²/(4h). */
  static final class TextbookMala implements Kernel {
    private final Density density;
    private final double h;
    private final Mistake mistake;

    TextbookMala(Density density, double h, Mistake mistake) {
      this.density = density;
      this.h = h;
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
      State z = State.blank(dimension());
      double noise = Math.sqrt((mistake == Mistake.NOISE_WITHOUT_TWO ? 1 : 2) * h);
      for (int i = 0; i < dimension(); i++) {
        z.position()[i] =
            state.position()[i] + h * state.gradient()[i] + noise * random.nextGaussian();
      }
      z.evaluate(density);
      double logRatio = z.logDensity() - state.logDensity();
      if (mistake == Mistake.RATIO_UPSIDE_DOWN) {
        logRatio = -logRatio;
      }
      if (mistake != Mistake.NO_REVERSE_PROPOSAL) {
        logRatio += logProposal(z, state) - logProposal(state, z);
      }
      double acceptance = Math.exp(Math.min(0, logRatio));
      if (random.nextDouble() < acceptance) {
        state.exchange(z);
        return new Outcome().moved(acceptance, Double.NaN, 1);
      }
      return new Outcome().stayed(acceptance, Double.NaN, 1);
    }

    private double logProposal(State from, State to) {
      double sum = 0;
      for (int i = 0; i < dimension(); i++) {
        double gap = to.position()[i] - from.position()[i] - h * from.gradient()[i];
        sum += gap * gap;
      }
      return -sum / (4 * h);
    }
  }

  /** Neal 2011, figure 2, with fused kicks in the middle. */
  static final class TextbookHmc implements Kernel {
    private final Density density;
    private final double eps;
    private final int steps;
    private final Mistake mistake;

    TextbookHmc(Density density, double eps, int steps, Mistake mistake) {
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
      double[] p = new double[dimension()];
      for (int i = 0; i < p.length; i++) {
        double normal = random.nextGaussian();
        p[i] = mistake == Mistake.MOMENTUM_NOT_REFRESHED ? 0 : normal;
      }
      double u = random.nextDouble();
      double begin = kinetic(p) - state.logDensity();
      State q = State.blank(dimension());
      q.copyFrom(state);
      kick(p, q, mistake == Mistake.WHOLE_FIRST_KICK ? eps : eps / 2);
      for (int n = 1; n <= steps; n++) {
        for (int i = 0; i < p.length; i++) {
          q.position()[i] += eps * p[i];
        }
        q.evaluate(density);
        kick(p, q, n < steps ? eps : eps / 2);
      }
      double end = -q.logDensity();
      end += mistake == Mistake.NO_KINETIC_ENERGY_AT_END ? dimension() / 2.0 : kinetic(p);
      double acceptance = Math.exp(Math.min(0, begin - end));
      if (u < acceptance) {
        state.exchange(q);
        return new Outcome().moved(acceptance, end, steps);
      }
      return new Outcome().stayed(acceptance, begin, steps);
    }

    private static void kick(double[] p, State at, double time) {
      for (int i = 0; i < p.length; i++) {
        p[i] += time * at.gradient()[i];
      }
    }

    private static double kinetic(double[] p) {
      double sum = 0;
      for (double one : p) {
        sum += one * one;
      }
      return sum / 2;
    }
  }

  /** Livingstone &amp; Zanella 2022: y_i = x_i + b_i z_i, b_i = ±1; the ratio in factors, not logarithms. */
  static final class TextbookBarker implements Kernel {
    private final Density density;
    private final double s;
    private final Mistake mistake;

    TextbookBarker(Density density, double s, Mistake mistake) {
      this.density = density;
      this.s = s;
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
      State y = State.blank(dimension());
      for (int i = 0; i < dimension(); i++) {
        y.position()[i] = s * random.nextGaussian();
      }
      for (int i = 0; i < dimension(); i++) {
        double z = y.position()[i];
        double keep = 1 / (1 + Math.exp(-z * state.gradient()[i]));
        y.position()[i] = state.position()[i] + (random.nextDouble() < keep ? z : -z);
      }
      y.evaluate(density);
      double ratio = Math.exp(y.logDensity() - state.logDensity());
      if (mistake != Mistake.NO_BARKER_FACTOR) {
        ratio *= factor(y, state) / factor(state, y);
      }
      double acceptance = Math.min(1, ratio);
      if (random.nextDouble() < acceptance) {
        state.exchange(y);
        return new Outcome().moved(acceptance, Double.NaN, 1);
      }
      return new Outcome().stayed(acceptance, Double.NaN, 1);
    }

    /** Π_i 1/(1 + exp(-g_i (to_i - from_i))), g the gradient at {@code from}. */
    private double factor(State from, State to) {
      double product = 1;
      for (int i = 0; i < dimension(); i++) {
        double move = to.position()[i] - from.position()[i];
        product /= 1 + Math.exp(-from.gradient()[i] * move);
      }
      return product;
    }
  }

  /** BAOAB with test, as Horowitz 1991 tests: all energies in and out of friction, and the momentum turned where it stays. */
  static final class TextbookBaoab implements Kernel {
    private final Density density;
    private final double h;
    private final double friction;
    private final Mistake mistake;

    TextbookBaoab(Density density, double h, double friction, Mistake mistake) {
      this.density = density;
      this.h = h;
      this.friction = friction;
      this.mistake = mistake;
    }

    @Override
    public int dimension() {
      return density.dimension();
    }

    @Override
    public State start(double[] x) {
      return State.at(density, x).remembering(dimension());
    }

    @Override
    public Outcome step(State state, RandomGenerator random) {
      double c = Math.exp(-friction * h);
      double noise = mistake == Mistake.NOISE_WITHOUT_ROOT ? 1 - c : Math.sqrt(1 - c * c);
      State y = State.blank(dimension());
      double[] w = state.memory().clone();
      double heat = 0;
      for (int i = 0; i < w.length; i++) {
        double p = w[i] + h / 2 * state.gradient()[i];
        double after = c * p + noise * random.nextGaussian();
        heat += (after * after - p * p) / 2;
        y.position()[i] = state.position()[i] + h / 2 * p + h / 2 * after;
        w[i] = after;
      }
      y.evaluate(density);
      double change = state.logDensity() - y.logDensity() - heat;
      for (int i = 0; i < w.length; i++) {
        w[i] += h / 2 * y.gradient()[i];
        change += (w[i] * w[i] - state.memory()[i] * state.memory()[i]) / 2;
      }
      double acceptance = Math.min(1, Math.exp(-change));
      boolean moved = random.nextDouble() < acceptance;
      for (int i = 0; i < w.length; i++) {
        state.memory()[i] = moved ? w[i] : -state.memory()[i];
      }
      if (moved) {
        state.exchange(y);
        return new Outcome().moved(acceptance, Double.NaN, 1);
      }
      return new Outcome().stayed(acceptance, Double.NaN, 1);
    }
  }
}
