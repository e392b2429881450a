package dev.langevin.app;

import dev.langevin.math.Check;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Both doors in a few minutes: learns the digits that ship, draws fresh ones and judges them, samples eight schools, and writes a
 * report. Equal seeds give equal samples.
 *
 * @param out the folder for everything
 * @param seed any number
 * @param threads how many threads work, at least 1; the samples do not depend on it
 */
public record DemoJob(Path out, long seed, int threads) implements Job {
  /** The folder, unless said otherwise. */
  public static final String OUT = "demo";

  /** The seed, unless said otherwise. */
  public static final long SEED = 1;

  public DemoJob {
    Check.between("threads", threads, 1, 4096);
  }

  @Override
  public Ending run(Console console) throws IOException {
    return new Demo(this, Demo.Effort.ordinary(seed)).run(console);
  }
}
