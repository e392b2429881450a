package dev.langevin.energy;

/**
 * A family of energy models, one for each amount of noise β, with the same parameters: f_θ(x', β), meant for the law of x' = √(1-β) x + √β ε. It can be sampled from
 * large β to small, where one energy alone traps its chains (Gao, Song, Poole, Wu &amp; Kingma 2021).
 */
@FunctionalInterface
public interface NoisedEnergy {
  /**
   * The model of the data with this much noise.
   *
   * @param beta strictly between 0 and 1
   */
  SmoothEnergy at(double beta);
}
