package dev.langevin.solver;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.Check;

/** What the solvers that depend on the noise level σ alone share: the process whose clock is σ, and the start (Karras et al. 2022). */
interface SigmaClock extends Solver {
  @Override
  default Noising noising() {
    return new VarianceExploding();
  }

  /** N(0, σ²I) stands for the law of x₀ + σz. */
  @Override
  default double startingScale(double t) {
    return Check.positive("t", t);
  }
}
