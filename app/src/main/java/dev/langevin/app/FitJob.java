package dev.langevin.app;

import java.nio.file.Path;

/**
 * Learns a model from data.
 *
 * @param data a CSV, IDX or npy file, or a folder of images
 * @param out where the model goes
 * @param minutes how long to learn, positive
 * @param seed any number
 */
public record FitJob(Path data, Path out, double minutes, long seed) implements Job {
  /** Minutes of learning, unless said otherwise. */
  public static final double MINUTES = 2;

  @Override
  public Ending run(Console console) {
    return Ending.FINISHED;
  }
}
