package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * The levels that DDPM's descendants visit: N of the T timesteps of a chain, then 0 (Nichol &amp; Dhariwal 2021; Song, Meng &amp; Ermon 2021; the table of Lin, Liu, Li
 * &amp; Yang 2024). Timestep i is the level t = i + 1 of the {@link DiscreteSchedule}.
 *
 * <p>With {@code first}, the N timesteps reach down to the schedule's first, as for DDPM, DDIM, Euler and Heun; without it one more is counted and then left out,
 * as for DPM-Solver++ and UniPC, whose last step ought not to be a short one. The schedule sets the ends: σ_min and σ_max are not looked at. Rounding is to
 * even, as in numpy.
 *
 * @param schedule the chain
 * @param rule where the timesteps lie
 * @param offset added to every timestep of {@code LEADING}; zero or positive. Other rules take 0 only
 * @param between what a timestep that is no whole number means
 * @param first whether the lowest timestep of the rule is visited
 */
public record Timesteps(
    DiscreteSchedule schedule, Rule rule, int offset, Between between, boolean first)
    implements Spacing {
  public Timesteps {
    Check.between("offset", offset, 0, rule == Rule.LEADING ? schedule.steps() - 1 : 0);
  }

  /** Where N timesteps lie among 0 … T-1. M is N, or N + 1 without the first. */
  public enum Rule {
    /** Equally spaced from T - 1 to 0, both included. */
    LINSPACE,
    /** Multiples of ⌊T/M⌋ from 0 on, plus the offset: the last timesteps are missed. */
    LEADING,
    /** From T down by T/N, less 1: the chain's end is included, the first timesteps are missed. It has the same levels with {@code first} and without. */
    TRAILING
  }

  /** What is done with a timestep that is no whole number; only LINSPACE and TRAILING have such. */
  public enum Between {
    /** It is rounded. */
    ROUNDED,
    /** It stands for the level at that time of the schedule, ln σ linear in between. */
    LOG_SIGMA,
    /** σ is linear in between, as diffusers' Euler and Heun have it: another level than a network is told, by up to 0.1 % at the upper end. */
    SIGMA
  }

  /** Rounded, without offset, down to the first. */
  public Timesteps(DiscreteSchedule schedule, Rule rule) {
    this(schedule, rule, 0, Between.ROUNDED, true);
  }

  @Override
  public String name() {
    return switch (rule) {
      case LINSPACE -> "linspace";
      case LEADING -> "leading";
      case TRAILING -> "trailing";
    };
  }

  /** The timesteps, falling. */
  public double[] timesteps(int steps) {
    Check.between("steps", steps, 1, first ? schedule.steps() : schedule.steps() - 1);
    double[] timesteps = new double[steps];
    for (int k = 0; k < steps; k++) {
      double timestep = timestep(steps, k);
      timesteps[k] = between == Between.ROUNDED ? Math.rint(timestep) : timestep;
    }
    return timesteps;
  }

  private double timestep(int steps, int k) {
    int last = schedule.steps() - 1;
    int count = first ? steps : steps + 1;
    return switch (rule) {
      case LINSPACE -> count == 1 ? 0 : (count - 1.0 - k) * last / (count - 1);
      case LEADING -> (double) (count - 1 - k) * (schedule.steps() / count) + offset;
      case TRAILING -> trailing(steps, k);
    };
  }

  /** Rounded before 1 is taken away: half-even rounding is not the same after it. */
  private double trailing(int steps, int k) {
    double t = schedule.steps() - k * ((double) schedule.steps() / steps);
    return (between == Between.ROUNDED ? Math.rint(t) : t) - 1;
  }

  /**
   * The levels of the timesteps, then 0.
   *
   * @throws IllegalArgumentException if {@code steps} or the offset asks for timesteps that the schedule does not have, or that coincide
   */
  @Override
  public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
    return levels(steps);
  }

  /** The same; N + 1 levels on the σ clock. */
  public TimeGrid levels(int steps) {
    double[] timesteps = timesteps(steps);
    double[] sigmas = new double[steps + 1];
    for (int k = 0; k < steps; k++) {
      if (timesteps[k] > schedule.steps() - 1) {
        throw new IllegalArgumentException(
            "timesteps must be below " + schedule.steps() + ", got " + timesteps[k]);
      }
      sigmas[k] = sigma(timesteps[k]);
    }
    return new TimeGrid(sigmas);
  }

  private double sigma(double timestep) {
    double low = Math.max(0, Math.floor(timestep)); // trailing may ask for less than 0, by rounding
    if (between != Between.SIGMA || timestep <= low) {
      return schedule.sigma(timestep + 1);
    }
    double below = schedule.sigma(low + 1);
    return below + (timestep - low) * (schedule.sigma(low + 2) - below);
  }
}
