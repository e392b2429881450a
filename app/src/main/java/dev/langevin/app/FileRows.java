package dev.langevin.app;

import dev.langevin.table.RowSource;
import dev.langevin.tensor.Rows;

/** Chosen rows of a source, scaled as they are read. */
final class FileRows implements Rows {
  private final RowSource data;
  private final int[] chosen;
  private final Scaling scaling;
  private final double[] row;

  FileRows(RowSource data, int[] chosen, Scaling scaling) {
    this.data = data;
    this.chosen = chosen;
    this.scaling = scaling;
    row = new double[data.width()];
  }

  @Override
  public int count() {
    return chosen.length;
  }

  @Override
  public int width() {
    return row.length;
  }

  @Override
  public void read(int number, float[] out, int at) {
    data.read(chosen[number], row);
    scaling.toNetwork(row, out, at);
  }
}
