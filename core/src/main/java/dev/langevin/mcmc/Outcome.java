package dev.langevin.mcmc;

/**
 * What happened in a step: moved or stayed, with which acceptance probability, or diverged and why. Owned by the kernel and
 * overwritten in its next step: read it before.
 */
public final class Outcome {
  private boolean moved;
  private double acceptance;
  private double energy;
  private double energyError = Double.NaN;
  private int evaluations;
  private int depth;
  private boolean diverged;
  private String what = "";
  private double value;

  /** An outcome in which nothing happened yet. */
  public Outcome() {}

  /** Notes a step that ended elsewhere; returns this. Parameters as in the accessors. */
  public Outcome moved(double acceptance, double energy, int evaluations) {
    return note(true, acceptance, energy, evaluations);
  }

  /** Notes a step that ended where it began, by rejection; returns this. Parameters as in the accessors. */
  public Outcome stayed(double acceptance, double energy, int evaluations) {
    return note(false, acceptance, energy, evaluations);
  }

  /**
   * Notes a step that ended where it began because the computation broke down; returns this.
   *
   * @param what the quantity that went wrong, a constant such as {@code "log density"}
   * @param value its value
   */
  public Outcome diverged(String what, double value, double energy, int evaluations) {
    note(false, 0, energy, evaluations);
    this.diverged = true;
    this.what = what;
    this.value = value;
    return this;
  }

  /** Adds to what was noted that the way broke off, for a kernel that may have moved all the same; returns this. */
  Outcome broke(String what, double value) {
    this.diverged = true;
    this.what = what;
    this.value = value;
    return this;
  }

  /**
   * Notes a step of several parts, of which one broke down while others may have moved; returns this.
   *
   * @param part what happened in that part
   */
  Outcome divergedInPart(Outcome part, boolean moved, double acceptance, int evaluations) {
    note(moved, acceptance, Double.NaN, evaluations);
    return broke(part.what, part.value);
  }

  private Outcome note(boolean moved, double acceptance, double energy, int evaluations) {
    this.moved = moved;
    this.acceptance = acceptance;
    this.energy = energy;
    this.evaluations = evaluations;
    this.depth = 0;
    this.energyError = Double.NaN;
    this.diverged = false;
    return this;
  }

  /** Notes how often the trajectory was doubled, after all else; returns this. */
  public Outcome depth(int depth) {
    this.depth = depth;
    return this;
  }

  /** Notes the energy error of the proposal, after all else; returns this. */
  public Outcome energyError(double energyError) {
    this.energyError = energyError;
    return this;
  }

  /** Whether the state is now at the proposed point. */
  public boolean moved() {
    return moved;
  }

  /**
   * The probability with which the proposal was to be accepted, 0 to 1: 0 in a divergence. For an unadjusted kernel, what a
   * Metropolis–Hastings test would have said.
   */
  public double acceptance() {
    return acceptance;
  }

  /** Total energy |w|²/2 - log p of the step's end (its beginning, if it stayed); NaN for a kernel without momentum. */
  public double energy() {
    return energy;
  }

  /** Energy at the proposal minus energy at the beginning, 0 for exact dynamics; NaN where a kernel does not tell or the step broke down. */
  public double energyError() {
    return energyError;
  }

  /** How often the density was evaluated; for HMC the number of leapfrog steps. */
  public int evaluations() {
    return evaluations;
  }

  /** How often a trajectory was doubled (NUTS); 0 for other kernels. */
  public int depth() {
    return depth;
  }

  /** Whether the step broke down: something was NaN or positive infinity, or the energy error exceeded 1000. */
  public boolean diverged() {
    return diverged;
  }

  /** Why the step diverged, for example {@code log density is NaN}; empty if it did not. Allocates. */
  public String reason() {
    return diverged ? what + " is " + value : "";
  }

  @Override
  public String toString() {
    String whole = moved ? "moved" : "stayed";
    return (diverged ? "diverged (" + reason() + ")" : whole)
        + ", acceptance "
        + acceptance
        + ", "
        + evaluations
        + " evaluations";
  }
}
