package dev.langevin.cli;

/** How much a user wants to read. */
enum Verbosity {
  /** Results, warnings and errors. */
  QUIET,
  /** And progress. */
  NORMAL,
  /** And details. */
  VERBOSE;

  static Verbosity of(boolean verbose, boolean quiet) {
    return verbose ? VERBOSE : quiet ? QUIET : NORMAL;
  }
}
