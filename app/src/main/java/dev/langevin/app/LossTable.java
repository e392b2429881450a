package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.EmpiricalDenoiser;
import dev.langevin.io.AtomicFolder;
import dev.langevin.io.Csv;
import dev.langevin.io.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's loss at every noise level beside two that bound what it may come to mean ({@value #FILE}), in the units of {@link LevelLosses}:
 *
 * <ul>
 *   <li>{@code floor}: the least possible loss on the rows learned from, that of their own exact denoiser, on these rows. Where it lies far below the loss, the level is either not learned
 *       yet or cannot be learned from so few rows
 *   <li>{@code by_heart}: the loss of that denoiser on the held-out rows, of a network that knows its rows by heart. Where the network's loss comes near it from below, it no longer generalises
 * </ul>
 *
 * <p>Both only where they cost less than {@value #MOST} multiplications each; they do not depend on the network and are computed once.
 */
final class LossTable {
  static final String FILE = "losses.csv";

  private static final double MOST = 2e9;
  private static final int LEVELS = 33;
  private static final int ROWS = 128;

  private final Lesson lesson;
  private final Provenance provenance;
  private final double secondMoment;
  private final List<LevelLosses> bounds = new ArrayList<>();
  private final boolean affordable;

  LossTable(Lesson lesson, Provenance provenance) {
    this.lesson = lesson;
    this.provenance = provenance;
    secondMoment = LevelLosses.secondMoment(lesson.rows());
    affordable =
        (double) LEVELS * ROWS * lesson.count() * lesson.d() <= MOST && lesson.count() >= 2;
  }

  /**
   * Measures a denoiser, and writes this table and {@link LevelLosses} into the model's folder.
   *
   * @param evaluations how many rows the network was trained on, repeats counted; at least two rows are held out
   */
  void write(Path folder, Denoiser denoiser, long step, long evaluations) throws IOException {
    LevelLosses own = LevelLosses.of(denoiser, lesson.apart(), secondMoment, step, evaluations);
    own.write(folder, provenance);
    List<String> columns = new ArrayList<>(List.of("sigma", "loss", "standard_error"));
    if (affordable) {
      columns.addAll(List.of("floor", "by_heart"));
    }
    List<LevelLosses> beside = bounds();
    double[] values = new double[own.sigmas().length * columns.size()];
    int at = 0;
    for (int k = 0; k < own.sigmas().length; k++) {
      values[at++] = own.sigmas()[k];
      values[at++] = own.losses()[k];
      values[at++] = own.errors()[k];
      for (LevelLosses bound : beside) {
        values[at++] = bound.losses()[k];
      }
    }
    Path part = Files.createTempFile("langevin-losses", ".csv");
    try {
      Csv.write(part, columns, values, provenance);
      AtomicFolder.add(folder, FILE, out -> Files.copy(part, out));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Of the rows' own denoiser on themselves, and on the held-out rows. */
  private List<LevelLosses> bounds() {
    if (affordable && bounds.isEmpty()) {
      float[] shown = new float[lesson.count() * lesson.d()];
      for (int i = 0; i < lesson.count(); i++) {
        lesson.rows().read(i, shown, i * lesson.d());
      }
      double[] rows = new double[shown.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = shown[i];
      }
      Denoiser exact = new EmpiricalDenoiser(rows, lesson.d());
      for (float[] on : List.of(shown, lesson.apart())) {
        bounds.add(LevelLosses.of(exact, on, secondMoment, 0, Long.MAX_VALUE / 4));
      }
    }
    return bounds;
  }
}
