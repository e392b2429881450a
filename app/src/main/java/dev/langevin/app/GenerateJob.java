package dev.langevin.app;

import dev.langevin.io.InputError;
import dev.langevin.math.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Draws fresh samples from a model. Equal settings give files with equal bytes.
 *
 * @param model a folder that {@link FitJob} wrote, or the name of a normal law or mixture of the catalogue for its exact denoiser
 * @param count how many samples, at least 1; with interpolation, how many ways from one to another
 * @param how solver and grid
 * @param batch how many samples are moved together, at least 1; with torch's noise all are
 * @param noise whose normal numbers
 * @param seed any number
 * @param threads how many threads work, at least 1; the samples do not depend on it
 * @param out where the samples go, at least one: .png for a grid of images, .npy, .csv, .csv.gz, .idx, or a folder of images
 * @param more classes, what is known of the samples, interpolation, log densities, an animation
 */
public record GenerateJob(
    String model,
    int count,
    SolverSettings how,
    int batch,
    NoiseChoice noise,
    long seed,
    int threads,
    List<Path> out,
    GenerateOptions more)
    implements Job {
  /** Samples, unless said otherwise. */
  public static final int COUNT = 100;

  /** Samples that are moved together, unless said otherwise. */
  public static final int BATCH = 128;

  public GenerateJob {
    Check.atLeast("count", count, 1);
    Check.atLeast("batch", batch, 1);
    Check.between("threads", threads, 1, 4096);
    out = List.copyOf(out);
    if (out.isEmpty()) {
      throw new IllegalArgumentException("out must name at least one file or folder");
    }
    Check.between("count", count, 1, Integer.MAX_VALUE / more.columns());
    if (more.interpolate().isPresent() && noise == NoiseChoice.TORCH) {
      throw new InputError(
          "--interpolate", "needs each sample's own noise", "leave out --noise torch");
    }
  }

  /** Nothing but samples. */
  public GenerateJob(
      String model,
      int count,
      SolverSettings how,
      int batch,
      NoiseChoice noise,
      long seed,
      int threads,
      List<Path> out) {
    this(model, count, how, batch, noise, seed, threads, out, GenerateOptions.NONE);
  }

  /** With each sample's own noise. */
  public GenerateJob(
      String model,
      int count,
      SolverSettings how,
      int batch,
      long seed,
      int threads,
      List<Path> out) {
    this(model, count, how, batch, NoiseChoice.ADDRESSED, seed, threads, out);
  }

  /** How many samples there will be. */
  int rows() {
    return count * more.columns();
  }

  /** How many samples are moved together. */
  int together() {
    return noise == NoiseChoice.TORCH ? rows() : batch;
  }

  @Override
  public Ending run(Console console) throws IOException {
    return new Generate(this).run(console);
  }
}
