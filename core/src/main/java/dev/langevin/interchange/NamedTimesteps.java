package dev.langevin.interchange;

import dev.langevin.math.Check;
import dev.langevin.objective.Preconditioning;
import dev.langevin.objective.TimestepPreconditioning;

/**
 * A network of a chain that is told some levels by names of a scheduler's own: rounded timesteps, or fractions of them. It is asked as {@link TimestepPreconditioning} says in everything else, and at
 * levels that have no name in that too.
 *
 * @param chain how the network is asked
 * @param sigmas levels
 * @param timesteps their names, as many
 */
public record NamedTimesteps(TimestepPreconditioning chain, double[] sigmas, double[] timesteps)
    implements Preconditioning {
  public NamedTimesteps {
    sigmas = sigmas.clone();
    timesteps = Check.length("timesteps", timesteps, sigmas.length).clone();
  }

  @Override
  public double cSkip(double sigma) {
    return chain.cSkip(sigma);
  }

  @Override
  public double cOut(double sigma) {
    return chain.cOut(sigma);
  }

  @Override
  public double cIn(double sigma) {
    return chain.cIn(sigma);
  }

  /** The name of a listed level (to 9 digits), or the chain's time of another. */
  @Override
  public double cNoise(double sigma) {
    for (int i = 0; i < sigmas.length; i++) {
      if (Math.abs(sigmas[i] - sigma) <= 1e-9 * sigma) {
        return timesteps[i];
      }
    }
    return chain.cNoise(sigma);
  }

  @Override
  public double[] sigmas() {
    return sigmas.clone();
  }

  @Override
  public double[] timesteps() {
    return timesteps.clone();
  }
}
