package dev.langevin.app;

import java.nio.file.Path;

/**
 * Compares samples with data: distances, each beside its real-against-real floor.
 *
 * @param samples a file of samples
 * @param against the data
 * @param seed any number
 */
public record EvaluateJob(Path samples, Path against, long seed) implements Job {
  @Override
  public Ending run(Console console) {
    return Ending.FINISHED;
  }
}
