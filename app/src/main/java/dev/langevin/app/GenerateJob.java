package dev.langevin.app;

import java.nio.file.Path;

/**
 * Draws fresh samples from a model.
 *
 * @param model a model that {@link FitJob} wrote
 * @param count how many samples, at least 1
 * @param steps how many noise levels the solver visits, at least 1
 * @param seed any number; equal seeds give equal samples
 * @param out .png, .npy, .csv or a folder
 */
public record GenerateJob(Path model, int count, int steps, long seed, Path out) implements Job {
  /** Samples, unless said otherwise. */
  public static final int COUNT = 100;

  /** Steps of the solver, unless said otherwise. */
  public static final int STEPS = 18;

  @Override
  public Ending run(Console console) {
    return Ending.FINISHED;
  }
}
