package dev.langevin.cli;

import dev.langevin.app.Job;

/** A sub-command: picocli fills its fields from the flags, then it makes its job. */
interface Command {
  /**
   * The job that the flags ask for.
   *
   * @throws IllegalArgumentException if the job refuses a setting
   */
  Job job();
}
