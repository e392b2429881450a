package dev.langevin.energy;

import dev.langevin.mcmc.Glauber;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Scan;

/** Which Markov kernel moves the draws of a model when its parameters are θ. Open to users; each call makes a new kernel. */
@FunctionalInterface
public interface Dynamics {
  /** A kernel that leaves p_θ (nearly, where it is unadjusted) as it is. */
  Kernel at(double[] theta);

  /** A sampler of the first door on exp f_θ, as it is: nothing is tuned. */
  static Dynamics of(SmoothEnergy model, Sampler sampler) {
    return theta -> sampler.on(model.density(theta));
  }

  /** Glauber dynamics, one sweep a step. */
  static Dynamics glauber(BoltzmannMachine model, Scan scan) {
    return theta -> new Glauber(model.law(theta), scan).on();
  }
}
