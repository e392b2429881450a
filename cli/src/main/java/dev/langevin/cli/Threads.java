package dev.langevin.cli;

import org.jspecify.annotations.Nullable;

/** How many threads work when nobody says. */
final class Threads {
  private Threads() {}

  /** The number asked for, or one for each core. */
  static int orAll(@Nullable Integer asked) {
    return asked == null ? Runtime.getRuntime().availableProcessors() : asked;
  }
}
