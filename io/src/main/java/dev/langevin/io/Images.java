package dev.langevin.io;

import dev.langevin.table.Dataset;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** PNG pictures. */
public final class Images {
  private Images() {}

  /** How pictures are laid out in a grid. */
  public record Grid(int columns, int scale, int gap) {
    /** About square, and large enough to see. */
    public static Grid fitting(int rows, int height, int width) {
      throw new UnsupportedOperationException("not yet");
    }
  }

  /** Writes all rows as one PNG; {@code low} becomes black and {@code high} white. */
  public static void writeGrid(
      Path target, Dataset images, double low, double high, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The same, laid out as told. */
  public static void writeGrid(
      Path target, Dataset images, double low, double high, Grid grid, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Writes a folder with one PNG per row. */
  public static void writeFolder(
      Path target, Dataset images, double low, double high, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Writes any picture, a plot for example, as PNG. */
  public static void writePng(Path target, BufferedImage picture, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }
}
