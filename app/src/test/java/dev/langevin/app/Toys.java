package dev.langevin.app;

import dev.langevin.io.Npy;
import dev.langevin.io.Provenance;
import dev.langevin.io.ReadOptions;
import dev.langevin.random.Seed;
import dev.langevin.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Small data and small models, made in a temporary folder. */
final class Toys {
  private static final Provenance NOWHERE = new Provenance("test", "test", 0, Map.of(), Map.of());

  private Toys() {}

  /** A CSV of 120 points around a ring, with a third column of whole numbers and a class. */
  static Path table(Path folder) throws IOException {
    RandomGenerator random = Seed.of(11).random();
    StringBuilder text = new StringBuilder("x,y,count,kind\n");
    for (int i = 0; i < 120; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double radius = 10 + random.nextGaussian();
      text.append(
          String.format(
              Locale.ROOT,
              "%.4f,%.4f,%d,%s\n",
              100 + radius * Math.cos(angle),
              radius * Math.sin(angle),
              random.nextInt(5),
              angle < 3 ? "upper" : "lower"));
    }
    return Files.writeString(folder.resolve("ring.csv"), text);
  }

  static DataSource source(Path table) {
    return new DataSource(table.toString(), ReadOptions.defaults().withLabel("kind"));
  }

  /** 60 images of 4×4 grey values 0 … 9: bars that stand or lie. */
  static DataSource images(Path folder) {
    RandomGenerator random = Seed.of(12).random();
    double[] x = new double[60 * 16];
    for (int i = 0; i < 60; i++) {
      boolean stands = random.nextBoolean();
      int where = random.nextInt(4);
      for (int p = 0; p < 16; p++) {
        boolean ink = (stands ? p % 4 : p / 4) == where;
        x[16 * i + p] = ink ? 6 + random.nextInt(4) : random.nextInt(2);
      }
    }
    Path file = folder.resolve("bars.npy");
    Npy.write(file, Dataset.of("bars", new int[] {1, 4, 4}, x), NOWHERE);
    return DataSource.of(file.toString());
  }

  static FitSettings settings(long steps) {
    return FitSettings.ofSteps(steps, 5).withSize(8).withBatch(16);
  }

  static FitJob fit(DataSource data, long steps, Path out) {
    return new FitJob(data, settings(steps), 1, out, false);
  }

  /** Fits with a checkpoint after every step. */
  static Ending learn(FitJob job, Console console) throws IOException {
    return new Fit(job, Duration.ZERO).run(console);
  }

  static GenerateJob generate(Path model, int count, Path... out) {
    return new GenerateJob(
        model.toString(),
        count,
        SolverSettings.of(SolverSettings.SOLVER, OptionalInt.of(4)),
        GenerateJob.BATCH,
        7,
        1,
        List.of(out));
  }
}
