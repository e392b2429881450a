package dev.langevin.mcmc;

/** What samplers record of each draw beside its position, under Stan's names. */
public enum Statistic {
  /** log p of the unconstrained density at the draw. */
  LOG_DENSITY("lp__"),
  /** {@link Outcome#acceptance()}. */
  ACCEPTANCE("accept_stat__"),
  /** The step size in use. */
  STEP_SIZE("stepsize__"),
  /** Gradient evaluations since the draw before. */
  LEAPFROGS("n_leapfrog__"),
  /** 1 if a step since the draw before diverged, else 0. */
  DIVERGENT("divergent__"),
  /** {@link Outcome#energy()}. */
  ENERGY("energy__");

  private final String stanName;

  Statistic(String stanName) {
    this.stanName = stanName;
  }

  /** The name in Stan's files. */
  public String stanName() {
    return stanName;
  }
}
