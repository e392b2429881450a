package dev.langevin.solver;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.Check;

/** What the solvers of the probability-flow ODE in EDM variables share: process and start (Karras et al. 2022). */
interface ProbabilityFlow extends Solver {
  @Override
  default Noising noising() {
    return new VarianceExploding();
  }

  @Override
  default int noises() {
    return 0;
  }

  /** N(0, σ²I) stands for the law of x₀ + σz. */
  @Override
  default double startingScale(double t) {
    return Check.positive("t", t);
  }
}
