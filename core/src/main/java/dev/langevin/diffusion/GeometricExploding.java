package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * Noise on an unscaled signal that grows geometrically, σ(t) = σ_min (σ_max/σ_min)^t (Song et al. 2021, eq. 30 and appendix C): the continuous form of a ladder of levels.
 *
 * <p>The process begins with the noise that is there already, b(0) = σ_min, as theirs does: the data themselves stand before time 0. So levels σ with 0 &lt; σ &lt; σ_min have no time
 * and are refused; the level 0 is sent to time 0, where a solver that has arrived returns data.
 *
 * @param sigmaMin σ_min, the level at time 0; positive
 * @param sigmaMax σ_max, the level at time 1; above σ_min
 */
public record GeometricExploding(double sigmaMin, double sigmaMax) implements Noising {
  public GeometricExploding {
    Check.positive("sigmaMin", sigmaMin);
    Check.positive("sigmaMax", sigmaMax);
    Check.inside("sigmaMin", sigmaMin, 0, sigmaMax);
  }

  @Override
  public double signal(double t) {
    Check.notNegative("t", t);
    return 1;
  }

  @Override
  public double noise(double t) {
    return sigmaMin * StrictMath.exp(Check.notNegative("t", t) * pace());
  }

  /** 0. */
  @Override
  public double drift(double t) {
    Check.notNegative("t", t);
    return 0;
  }

  /** 2σ² ln(σ_max/σ_min). */
  @Override
  public double diffusion(double t) {
    double sigma = noise(t);
    return 2 * sigma * sigma * pace();
  }

  @Override
  public double time(double sigma) {
    Check.notNegative("sigma", sigma);
    if (sigma != 0 && sigma < sigmaMin) {
      throw new IllegalArgumentException(
          "sigma must be 0 or at least sigmaMin = " + sigmaMin + ", got " + sigma);
    }
    return sigma == 0 ? 0 : StrictMath.log(sigma / sigmaMin) / pace();
  }

  private double pace() {
    return StrictMath.log(sigmaMax / sigmaMin);
  }
}
