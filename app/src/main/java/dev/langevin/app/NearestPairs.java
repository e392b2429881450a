package dev.langevin.app;

import dev.langevin.distance.NearestRows;
import dev.langevin.io.Images;
import dev.langevin.io.Provenance;
import dev.langevin.table.Dataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples beside the rows learned from that are nearest to them, pixel by pixel: of some samples, those that are nearest of all.
 *
 * @param pairs sample, neighbour, sample, neighbour …, from the nearest on
 */
record NearestPairs(Dataset pairs) {
  private static final int LOOKED_AT = 500;
  private static final int SHOWN = 32;
  private static final int COLUMNS = 8; // pairs side by side

  /** Looks among the first samples. O(samples · learned · pixels). */
  static NearestPairs of(Dataset fresh, Dataset learned, int threads) {
    int d = fresh.width();
    double[] x = fresh.values();
    double[] rows = learned.values();
    double[] looked = Arrays.copyOf(x, Math.min(LOOKED_AT, fresh.rows()) * d);
    NearestRows nearest = Memorisation.nearest(looked, rows, d, threads);
    List<Integer> first =
        IntStream.range(0, looked.length / d)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> nearest.squares()[i]))
            .limit(SHOWN)
            .toList();
    double[] values = new double[2 * first.size() * d];
    for (int k = 0; k < first.size(); k++) {
      int i = first.get(k);
      System.arraycopy(x, i * d, values, 2 * k * d, d);
      System.arraycopy(rows, nearest.rows()[i] * d, values, (2 * k + 1) * d, d);
    }
    return new NearestPairs(Dataset.of("pairs", fresh.shape(), values));
  }

  /** Writes them as a picture, eight pairs in a line. */
  void write(Path target, PixelRange range, Provenance provenance) {
    Images.Grid grid = new Images.Grid(2 * COLUMNS, 2, 2);
    Images.writeGrid(target, pairs, range.low(), range.high(), grid, provenance);
  }
}
