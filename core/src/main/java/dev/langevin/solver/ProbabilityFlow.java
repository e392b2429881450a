package dev.langevin.solver;

/** A solver of the probability-flow ODE dx/dσ = (x - D(x; σ))/σ: deterministic after its start. */
interface ProbabilityFlow extends SigmaClock {
  @Override
  default int noises() {
    return 0;
  }
}
