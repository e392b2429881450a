package dev.langevin.diffusion;

/**
 * The four forms in which the one unknown function of a diffusion model is written down, at x = a·x₀ + b·z. Given x, a and b each
 * is an affine function of every other, so that a network may predict any of them (Tweedie; Ho, Jain &amp; Abbeel 2020; Salimans
 * &amp; Ho 2022). All conversions go through D = E[x₀ | x] and stand here only.
 *
 * <p>Coordinate by coordinate; a &gt; 0, b &gt; 0 and finite. In floating point NOISE, SCORE and VELOCITY lose ε|x|/b, ε|x|/b² and
 * ε|x|/b absolutely when they come from D at small b (ε = 2<sup>-53</sup>): that is what D itself does not hold.
 */
public enum Prediction {
  /** D = E[x₀ | x], the denoised point. */
  DENOISED {
    @Override
    public double toDenoised(double value, double x, double a, double b) {
      return value;
    }

    @Override
    public double fromDenoised(double denoised, double x, double a, double b) {
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
    public double fromDenoised(double denoised, double x, double a, double b) {
      return (x - a * denoised) / b;
    }
  },

  /** s = ∇ log q(x) = (a D - x)/b² = -ε/b, the score of the noised law. */
  SCORE {
    @Override
    public double toDenoised(double value, double x, double a, double b) {
      return (x + b * b * value) / a;
    }

    @Override
    public double fromDenoised(double denoised, double x, double a, double b) {
      return (a * denoised - x) / b / b;
    }
  },

  /** v = a ε - b D, the velocity. */
  VELOCITY {
    @Override
    public double toDenoised(double value, double x, double a, double b) {
      return (a * x - b * value) / (a * a + b * b);
    }

    @Override
    public double fromDenoised(double denoised, double x, double a, double b) {
      return a * ((x - a * denoised) / b) - b * denoised;
    }
  };

  /** D from this form's {@code value}. */
  public abstract double toDenoised(double value, double x, double a, double b);

  /** This form's value from D. */
  public abstract double fromDenoised(double denoised, double x, double a, double b);

  /**
   * Rewrites {@code values[0 … length-1]} from this form into another, in place.
   *
   * @param to the form wanted
   * @param values of this form; overwritten
   * @param x the noised points, as many coordinates
   * @param length number of coordinates, all rows together
   * @param a signal scale
   * @param b noise scale
   */
  public void convert(Prediction to, double[] values, double[] x, int length, double a, double b) {
    for (int i = 0; i < length; i++) {
      values[i] = to.fromDenoised(toDenoised(values[i], x[i], a, b), x[i], a, b);
    }
  }
}
