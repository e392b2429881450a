package dev.langevin.cli;

import picocli.CommandLine.Option;

/** The flags that every sub-command has. */
final class SharedFlags {
  @Option(
      names = {"-v", "--verbose"},
      description = "Say more: settings, what libraries report.")
  boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say less: no progress; results, warnings and errors only.")
  boolean quiet;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
