package dev.langevin.examples;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.tensor.Architecture;
import dev.langevin.tensor.NetworkDenoiser;
import dev.langevin.tensor.Trainer;
import dev.langevin.tensor.TrainingSettings;

/** A network learns a ring from points on it, and draws fresh ones. */
public final class TrainOnPoints {
  private TrainOnPoints() {}

  /** Noisy points on the circle of radius 0.7, {@code rows × 2}. */
  static float[] ring(int rows, Seed seed) {
    AddressedRandom random = seed.random();
    float[] points = new float[2 * rows];
    for (int row = 0; row < rows; row++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double radius = 0.7 + 0.03 * random.nextGaussian();
      points[2 * row] = (float) (radius * StrictMath.cos(angle));
      points[2 * row + 1] = (float) (radius * StrictMath.sin(angle));
    }
    return points;
  }

  /** Trains for {@code steps} steps and returns {@code rows} fresh points. */
  static double[] fresh(int steps, int rows) {
    TrainingSettings settings =
        TrainingSettings.defaults(Architecture.fitting(new int[] {2}), 1).withSteps(steps);
    try (Trainer trainer = new Trainer(settings, ring(4000, Seed.of(1)), 4000)) {
      while (trainer.steps() < steps) {
        trainer.step();
      }
      try (NetworkDenoiser denoiser = trainer.denoiser()) {
        return Generation.of(new Heun())
            .sample(denoiser, rows, 256, Seed.of(7), (done, total) -> true);
      }
    }
  }

  /** Prints ten fresh points and how far from the middle they are. */
  public static void main(String[] args) {
    double[] points = fresh(2000, 10);
    for (int i = 0; i < points.length; i += 2) {
      double x = points[i];
      double y = points[i + 1];
      System.out.printf("%6.3f %6.3f   radius %.3f%n", x, y, Math.sqrt(x * x + y * y));
    }
  }
}
