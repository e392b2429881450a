package dev.langevin.mcmc;

/**
 * How a step of an integrator is put together of kicks (the velocity feels the force) and drifts (the position moves): kick(b eps),
 * drift(eps/m), kick, …, drift(eps/m), kick(b eps), symmetric, hence reversible and of order 2.
 */
public enum Splitting {
  /** kick ½, drift 1, kick ½: one gradient a step. */
  LEAPFROG(1, 0.5),
  /**
   * kick b, drift ½, kick 1 - 2b, drift ½, kick b with b = 0.19318…: two gradients a step. This b makes the sum of squares of the two coefficients of the
   * third-order error smallest, a tenth of leapfrog's at equal cost or so (McLachlan 1995; Omelyan, Mryglod &amp; Folk 2002, equation 25).
   */
  MINIMAL_NORM(2, 0.1931833275037836);

  private final int drifts;
  private final double end;

  Splitting(int drifts, double end) {
    this.drifts = drifts;
    this.end = end;
  }

  /** Gradients of one step. */
  public int gradients() {
    return drifts;
  }

  /** The share of the step that drift number 0 … {@link #gradients}-1 takes. */
  double drift() {
    return 1.0 / drifts;
  }

  /** The share of the step that the first and the last kick take. */
  double endKick() {
    return end;
  }

  /** The share of the step that a kick between two drifts takes. */
  double middleKick() {
    return 1 - 2 * end;
  }
}
