package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.List;

/**
 * A way to place the noise levels that a solver visits between σ_max and 0: a recipe of {@link TimeGrid}s on the clock of {@link VarianceExploding}. Open to
 * users; {@link #menu()} holds those that ship and need nothing else. Two bring their own ends and do not look at σ_min and σ_max: {@link Timesteps} and {@link Listed}.
 */
public interface Spacing {
  /** Short name, as on the command line. */
  String name();

  /**
   * Levels for this many steps, on the σ clock.
   *
   * @param steps N, at least 1
   * @param sigmaMin the last level above 0; positive
   * @param sigmaMax the first level, above {@code sigmaMin}
   * @return N + 1 of them: σ_max first, σ_min (if N &gt; 1) and 0 last
   */
  TimeGrid levels(int steps, double sigmaMin, double sigmaMax);

  /** The spacings that ship, with their defaults. */
  static List<Spacing> menu() {
    return List.of(new Karras(7), new LogSnr(), UniformTime.linear(), QuadraticTime.linear());
  }

  /**
   * Equal steps of σ^{1/ρ}, {@link TimeGrid#karras} (Karras, Aittala, Aila &amp; Laine 2022, eq. 5).
   *
   * @param rho positive; EDM has 7, 1 is uniform
   */
  record Karras(double rho) implements Spacing {
    public Karras {
      Check.positive("rho", rho);
    }

    @Override
    public String name() {
      return "karras";
    }

    @Override
    public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
      return TimeGrid.karras(steps, sigmaMin, sigmaMax, rho);
    }
  }

  /** Equal steps of ln σ, {@link TimeGrid#exponential}: uniform in the logarithm of the signal-to-noise ratio. */
  record LogSnr() implements Spacing {
    @Override
    public String name() {
      return "log-snr";
    }

    @Override
    public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
      return TimeGrid.exponential(steps, sigmaMin, sigmaMax);
    }
  }

  /**
   * Equal steps of a process's own time: what a plain discretisation of its SDE takes. Few of the levels are small where time runs fast near the data.
   *
   * @param noising whose time
   */
  record UniformTime(Noising noising) implements Spacing {
    /** On the clock of DDPM's chain with its linear β. */
    public static UniformTime linear() {
      return new UniformTime(DiscreteSchedule.linear());
    }

    @Override
    public String name() {
      return "uniform-t";
    }

    @Override
    public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
      return TimeGrid.spaced(steps, sigmaMin, sigmaMax, noising::time, noising::sigma);
    }
  }

  /**
   * Equal steps of √t, t a process's own time: DDIM's quadratic choice of timesteps (Song, Meng &amp; Ermon 2021, appendix D.2), with more of them near the data.
   *
   * @param noising whose time
   */
  record QuadraticTime(Noising noising) implements Spacing {
    /** On the clock of DDPM's chain with its linear β. */
    public static QuadraticTime linear() {
      return new QuadraticTime(DiscreteSchedule.linear());
    }

    @Override
    public String name() {
      return "quadratic-t";
    }

    @Override
    public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
      return TimeGrid.spaced(
          steps,
          sigmaMin,
          sigmaMax,
          sigma -> Math.sqrt(noising.time(sigma)),
          root -> noising.sigma(root * root));
    }
  }

  /**
   * Levels written down, for instance ones that were optimised for a model.
   *
   * @param grid on the σ clock; N steps, of which there are then always N
   */
  record Listed(TimeGrid grid) implements Spacing {
    @Override
    public String name() {
      return "listed";
    }

    /**
     * The list; σ_min and σ_max are not looked at.
     *
     * @throws IllegalArgumentException if {@code steps} is not the number of its steps
     */
    @Override
    public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
      Check.between("steps", steps, grid.steps(), grid.steps());
      return grid;
    }
  }
}
