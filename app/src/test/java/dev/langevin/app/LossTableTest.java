package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.io.AtomicFolder;
import dev.langevin.io.Datasets;
import dev.langevin.io.Provenance;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossTableTest {
  private static final Provenance MADE = new Provenance("0", "test", 1, Map.of(), Map.of());

  @TempDir Path folder;

  private static float[] normal(int rows, String address) {
    AddressedRandom random = Seed.of(5).child(address).random();
    float[] x = new float[2 * rows];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** At a level far below the rows' distances the rows' own denoiser gives back a row: no loss on themselves, and on others the distance to the nearest. */
  @Test
  void the_exact_denoiser_lies_between_the_floor_and_what_was_learned_by_heart()
      throws IOException {
    Path ours = folder.resolve("ours");
    AtomicFolder.write(ours, part -> {});
    Lesson lesson = new Lesson(2, normal(60, "rows"), null, normal(200, "apart"), new int[0]);
    GaussianDenoiser exact = new GaussianDenoiser(new double[2], new double[][] {{1, 0}, {0, 1}});
    new LossTable(lesson, MADE).write(ours, exact, 10, 1_000_000);
    Dataset table = Datasets.read(ours.resolve(LossTable.FILE));
    assertThat(table.columns())
        .containsExactly("sigma", "loss", "standard_error", "floor", "by_heart");
    double[] v = table.values();
    for (int k = 0; k < table.rows(); k++) {
      double sigma = v[5 * k];
      double closed = 2 * sigma * sigma / (1 + sigma * sigma);
      assertThat(v[5 * k + 1]).isCloseTo(closed, within(6 * v[5 * k + 2]));
      if (sigma > 0.01 && sigma < 0.3) {
        assertThat(v[5 * k + 3]).as("floor at " + sigma).isLessThan(v[5 * k + 1]);
        assertThat(v[5 * k + 4]).as("by heart at " + sigma).isGreaterThan(v[5 * k + 1]);
      }
    }
    assertThat(v[3]).isLessThan(1e-12);
    double near = nearest(lesson); // up to the noise, where two rows are nearly as near
    assertThat(v[4]).isCloseTo(near, within(v[0] * Math.sqrt(near)));
    assertThat(Files.exists(ours.resolve(LevelLosses.FILE))).isTrue();
  }

  /** The mean square distance of the first 128 held-out rows to their nearest row. */
  private static double nearest(Lesson lesson) {
    double sum = 0;
    float[] row = new float[2];
    for (int i = 0; i < 128; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < lesson.count(); j++) {
        lesson.rows().read(j, row, 0);
        double dx = lesson.apart()[2 * i] - row[0];
        double dy = lesson.apart()[2 * i + 1] - row[1];
        least = Math.min(least, dx * dx + dy * dy);
      }
      sum += least;
    }
    return sum / 128;
  }
}
