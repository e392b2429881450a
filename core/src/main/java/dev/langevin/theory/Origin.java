package dev.langevin.theory;

/** Where a constant that enters a bound comes from; a bound is as firm as its weakest constant. */
public enum Origin {
  /** Given by the user, and believed. */
  GIVEN("given"),
  /** Proved: the closed form of the target. */
  KNOWN("known"),
  /** Measured at some points, which proves nothing about the others: what rests on it is a plan and not a guarantee. */
  ESTIMATED("estimated");

  private final String label;

  Origin(String label) {
    this.label = label;
  }

  /** Lower case, for messages. */
  public String label() {
    return label;
  }
}
