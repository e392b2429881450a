package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.random.RandomGenerator;

/**
 * MALA and HMC as textbooks write them, slowly and with the identity metric: right ones, to compare with, and twins each with one classic
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
    NO_KINETIC_ENERGY_AT_END
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
}
