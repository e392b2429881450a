package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * A noise level, whatever it is called: the σ = b/a of the variance-exploding variables, a logarithm of the signal-to-noise ratio, or the time of a process. The one
 * place where these are turned into each other; σ is what is kept, since no scale of it loses digits.
 *
 * @param sigma σ, positive and finite
 */
public record NoiseLevel(double sigma) {
  public NoiseLevel {
    Check.positive("sigma", sigma);
  }

  /** The level of a process at a time; the process must have some noise and some signal there. */
  public static NoiseLevel at(Noising noising, double t) {
    return new NoiseLevel(noising.sigma(t));
  }

  /** The level with ln(a²/b²) = {@code logSnr} (Kingma, Salimans, Poole &amp; Ho 2021). */
  public static NoiseLevel ofLogSnr(double logSnr) {
    return new NoiseLevel(StrictMath.exp(-0.5 * Check.finite("logSnr", logSnr)));
  }

  /** The level with λ = ln(a/b) = {@code lambda}, half of {@link #logSnr} (Lu et al. 2022, DPM-Solver). */
  public static NoiseLevel ofLambda(double lambda) {
    return new NoiseLevel(StrictMath.exp(-Check.finite("lambda", lambda)));
  }

  /** ln(a²/b²) = -2 ln σ. */
  public double logSnr() {
    return -2 * StrictMath.log(sigma);
  }

  /** λ = ln(a/b) = -ln σ. */
  public double lambda() {
    return -StrictMath.log(sigma);
  }

  /** The time of a process at this level. */
  public double timeOf(Noising noising) {
    return noising.time(sigma);
  }

  /** The time of {@code to} at which it has the level that {@code from} has at time {@code t}. */
  public static double time(Noising from, double t, Noising to) {
    return at(from, t).timeOf(to);
  }
}
