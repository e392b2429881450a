package dev.langevin.diagnostics;

/** How bad a {@link Finding} is, mildest first. */
public enum Severity {
  /** Nothing to do. */
  GOOD,
  /** Worth knowing; the draws can be used. */
  NOTE,
  /** Results may be off; follow the remedy before relying on them. */
  WARNING,
  /** The draws do not represent the distribution: do not use them. */
  SERIOUS
}
