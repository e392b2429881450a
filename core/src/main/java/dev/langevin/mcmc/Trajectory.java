package dev.langevin.mcmc;

import dev.langevin.math.Check;

/** How far a Hamiltonian trajectory goes: so many steps, or so long. */
public sealed interface Trajectory {
  /**
   * The number of leapfrog steps, at least 1.
   *
   * @param stepSize the step size in use
   * @param factor the jitter of this trajectory, near 1
   */
  int steps(double stepSize, double factor);

  /**
   * A number of steps, whatever their size.
   *
   * @param count at least 1
   */
  record Steps(int count) implements Trajectory {
    public Steps {
      Check.atLeast("count", count, 1);
    }

    @Override
    public int steps(double stepSize, double factor) {
      return (int) Math.max(1, Math.rint(count * factor));
    }
  }

  /**
   * A length in units of time, so that smaller steps are more steps.
   *
   * @param length the sum of the step sizes, in the metric's units: a standard Gaussian turns by π/2 (and so forgets where it was) in a length
   *     of π/2; positive
   * @param cap most steps of a trajectory, at least 1: bounds the cost while a warm-up tries small steps
   */
  record Length(double length, int cap) implements Trajectory {
    public Length {
      Check.positive("length", length);
      Check.atLeast("cap", cap, 1);
    }

    @Override
    public int steps(double stepSize, double factor) {
      return (int) Math.min(cap, Math.max(1, Math.rint(length * factor / stepSize)));
    }
  }
}
