package dev.langevin.solver;

/** Hears how far a generation is, and may stop it. */
@FunctionalInterface
public interface StepListener {
  /** Hears nothing and never stops. */
  StepListener NONE = (done, total) -> true;

  /**
   * Called after every step, from the generating thread.
   *
   * @param evaluationsDone denoiser evaluations so far, each row counted
   * @param evaluationsTotal evaluations of the whole generation; at least {@code evaluationsDone}, and otherwise a guess, where the solver is {@link Solver#adaptive}
   * @return false to stop: the generation then throws {@link CancelledGeneration}
   */
  boolean advanced(long evaluationsDone, long evaluationsTotal);
}
