package dev.langevin.objective;

import java.util.random.RandomGenerator;

/**
 * All that a trainer needs to know of a denoising loss L = E_σ λ(σ) E‖D(x₀ + σz; σ) - x₀‖²: which levels, which weight, and how the network's output becomes D.
 * In the network's own units it is E_σ {@link #outputWeight} · E‖F - {@link #target}‖². Its minimiser over all functions is the posterior mean, whichever
 * levels, weights and form are chosen; what differs is how well a network of limited size and a run of limited length come near to it.
 */
public interface Objective extends Preconditioning {
  /** The law of the noise levels. */
  LevelLaw levelLaw();

  /** λ(σ), the weight of the denoiser's square error. */
  double weight(double sigma);

  /** λ(σ) c_out(σ)², the weight of the square error of the network's output. */
  default double outputWeight(double sigma) {
    double out = cOut(sigma);
    return weight(sigma) * out * out;
  }

  /** Fills a batch's noise levels, {@linkplain LevelLaw#spread spread evenly} over their law. */
  default void levels(RandomGenerator random, double[] out) {
    levelLaw().spread(random, out);
  }
}
