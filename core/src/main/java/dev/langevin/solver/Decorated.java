package dev.langevin.solver;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;

/** What a solver that adds something to another leaves as it is. */
interface Decorated extends Solver {
  /** The other one. */
  Solver solver();

  @Override
  default Noising noising() {
    return solver().noising();
  }

  @Override
  default int noises() {
    return solver().noises();
  }

  @Override
  default int defaultSteps() {
    return solver().defaultSteps();
  }

  @Override
  default Spacing spacing() {
    return solver().spacing();
  }

  @Override
  default boolean remembers() {
    return solver().remembers();
  }

  @Override
  default double startingScale(double t) {
    return solver().startingScale(t);
  }

  @Override
  default boolean adaptive() {
    return solver().adaptive();
  }

  @Override
  default int evaluations(TimeGrid grid, int k) {
    return solver().evaluations(grid, k);
  }
}
