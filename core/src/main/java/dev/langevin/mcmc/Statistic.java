package dev.langevin.mcmc;

import java.util.List;

/** What samplers record of each draw beside its position, under Stan's names. */
public enum Statistic {
  /** log p of the unconstrained density at the draw. */
  LOG_DENSITY("lp__"),
  /** {@link Outcome#acceptance()}. */
  ACCEPTANCE("accept_stat__"),
  /** The step size in use. */
  STEP_SIZE("stepsize__"),
  /** Evaluations of the density since the draw before. */
  LEAPFROGS("n_leapfrog__"),
  /** {@link Outcome#depth()}. */
  TREE_DEPTH("treedepth__"),
  /** 1 if a step since the draw before diverged, else 0. */
  DIVERGENT("divergent__"),
  /** {@link Outcome#energy()}. */
  ENERGY("energy__"),
  /** {@link Outcome#energyError()}. */
  ENERGY_ERROR("energy_error__");

  private final String stanName;

  Statistic(String stanName) {
    this.stanName = stanName;
  }

  /** The name in Stan's files. */
  public String stanName() {
    return stanName;
  }

  /** What a kernel of one Metropolis–Hastings test a step has to tell, where it has no step size. */
  static List<Statistic> ofTests() {
    return List.of(LOG_DENSITY, ACCEPTANCE, DIVERGENT);
  }

  /** What a kernel of leapfrog steps has to tell: all but the depth of a tree. */
  static List<Statistic> ofLeapfrogs() {
    return List.of(LOG_DENSITY, ACCEPTANCE, STEP_SIZE, LEAPFROGS, DIVERGENT, ENERGY);
  }

  /** What a kernel of microcanonical steps has to tell: its energy has no scale, the error has. */
  static List<Statistic> ofMicrocanonical() {
    return List.of(LOG_DENSITY, ACCEPTANCE, STEP_SIZE, LEAPFROGS, DIVERGENT, ENERGY_ERROR);
  }
}
