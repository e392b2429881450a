package dev.langevin.diagnostics;

/**
 * One thing that a person should know about a run, in plain language.
 *
 * @param severity how bad it is
 * @param what what was seen, with its numbers: one sentence
 * @param why what it means for the results: one sentence
 * @param remedy what to do about it, the likeliest help first
 */
public record Finding(Severity severity, String what, String why, String remedy) {
  @Override
  public String toString() {
    return severity + ": " + what + " " + why + " " + remedy;
  }
}
