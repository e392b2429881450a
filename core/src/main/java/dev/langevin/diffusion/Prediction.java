package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * The four forms in which the one unknown function of a diffusion model is written down, at x = a·x₀ + b·z. Given x, a and b each
 * is an affine function of every other, so that a network may predict any of them (Tweedie; Ho, Jain &amp; Abbeel 2020; Salimans
 * &amp; Ho 2022). The conversions stand here only: every form tells D = E[x₀ | x] and ε = E[z | x], x = a D + b ε, and is told by both.
 *
 * <p>Coordinate by coordinate; a and b finite, b &gt; 0, and a &gt; 0 but where said. What a form does not hold, no conversion brings back (u = 2<sup>-53</sup>): D loses u|x|/b of ε, which hurts
 * at small b, and ε loses u|x|/a of D, which hurts at small a; where a = 0, at the end of a process of zero terminal signal-to-noise ratio, ε and s say nothing of D. v holds both to rounding.
 */
public enum Prediction {
  /** D = E[x₀ | x], the denoised point. */
  DENOISED {
    @Override
    public double toDenoised(double value, double x, double a, double b) {
      return value;
    }

    @Override
    double toNoise(double value, double x, double a, double b) {
      return (x - a * value) / b;
    }

    @Override
    double of(double denoised, double noise, double a, double b) {
      return denoised;
    }
  },

  /** ε = E[z | x] = (x - a D)/b, the noise. */
  NOISE {
    @Override
    public double toDenoised(double value, double x, double a, double b) {
      return (x - b * value) / a;
    }

    @Override
    double toNoise(double value, double x, double a, double b) {
      return value;
    }

    @Override
    double of(double denoised, double noise, double a, double b) {
      return noise;
    }
  },

  /** s = ∇ log q(x) = (a D - x)/b² = -ε/b, the score of the noised law. */
  SCORE {
    @Override
    public double toDenoised(double value, double x, double a, double b) {
      return (x + b * (b * value)) / a;
    }

    @Override
    double toNoise(double value, double x, double a, double b) {
      return -b * value;
    }

    @Override
    double of(double denoised, double noise, double a, double b) {
      return -noise / b;
    }
  },

  /** v = a ε - b D, the velocity. */
  VELOCITY {
    @Override
    public double toDenoised(double value, double x, double a, double b) {
      return (a * x - b * value) / (a * a + b * b);
    }

    @Override
    double toNoise(double value, double x, double a, double b) {
      return (b * x + a * value) / (a * a + b * b);
    }

    @Override
    double of(double denoised, double noise, double a, double b) {
      return a * noise - b * denoised;
    }
  };

  /** D from this form's {@code value}. */
  public abstract double toDenoised(double value, double x, double a, double b);

  /** ε from this form's {@code value}. */
  abstract double toNoise(double value, double x, double a, double b);

  /** This form's value from D and ε, of which it may need one only. */
  abstract double of(double denoised, double noise, double a, double b);

  /** This form's value from D. */
  public double fromDenoised(double denoised, double x, double a, double b) {
    return of(denoised, (x - a * denoised) / b, a, b);
  }

  /** Whether this form tells D where a = 0, and cannot be told without it. */
  boolean holdsSignal() {
    return this == DENOISED || this == VELOCITY;
  }

  /**
   * Rewrites {@code values[0 … length-1]} from this form into another, in place.
   *
   * @param to the form wanted
   * @param values of this form; overwritten
   * @param x the noised points, as many coordinates
   * @param length number of coordinates, all rows together
   * @param a signal scale, positive; or zero, but for NOISE and SCORE into DENOISED and VELOCITY
   * @param b noise scale, positive
   */
  public void convert(Prediction to, double[] values, double[] x, int length, double a, double b) {
    Check.positive("b", b);
    if (Check.notNegative("a", a) == 0 && to.holdsSignal() && !holdsSignal()) {
      throw new IllegalArgumentException(
          this + " cannot be turned into " + to + " where no signal is left, a = 0");
    }
    if (to == this) {
      return;
    }
    for (int i = 0; i < length; i++) {
      double value = values[i];
      values[i] = to.of(toDenoised(value, x[i], a, b), toNoise(value, x[i], a, b), a, b);
    }
  }
}
