package dev.langevin.diffusion;

/** The scores of a process's laws, ∇ log p_t. */
@FunctionalInterface
public interface TimedScore {
  /** Writes ∇ log p_t(x), length d. */
  void at(double[] x, double t, double[] out);
}
