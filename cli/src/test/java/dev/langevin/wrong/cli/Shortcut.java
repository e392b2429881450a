package dev.langevin.wrong.cli;

import dev.langevin.wrong.io.TableReader;

/** Reads by itself instead of asking app. */
public interface Shortcut {
  /** An arrow that the table does not have. */
  void read(TableReader reader);
}
