package dev.langevin.solver;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.Check;

/** What the solvers of the probability-flow ODE in EDM variables share: process, grid and start (Karras et al. 2022). */
interface ProbabilityFlow extends Solver {
  /** The exponent of the default grid, {@link TimeGrid#karras}. */
  double rho();

  @Override
  default Noising noising() {
    return new VarianceExploding();
  }

  @Override
  default boolean stochastic() {
    return false;
  }

  @Override
  default TimeGrid grid(int steps, double sigmaMin, double sigmaMax) {
    return TimeGrid.karras(steps, sigmaMin, sigmaMax, rho());
  }

  /** N(0, σ²I) stands for the law of x₀ + σz. */
  @Override
  default double startingScale(double t) {
    return Check.positive("t", t);
  }
}
