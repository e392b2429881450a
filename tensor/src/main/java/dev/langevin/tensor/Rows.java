package dev.langevin.tensor;

/**
 * Rows to learn from, on the network's scale, wherever they are kept: in memory, or in a file that is read as they are asked for. Every row must be the same whenever it is read.
 * Used by one thread at a time.
 */
public interface Rows {
  /** Number of rows, at least 1. */
  int count();

  /** Numbers in a row. */
  int width();

  /**
   * Writes row {@code row}, 0 … count - 1, into {@code out[at] … out[at + width - 1]}.
   *
   * @throws RuntimeException if it can be read no more; a training step that meets it has changed nothing
   */
  void read(int row, float[] out, int at);

  /**
   * Rows in memory.
   *
   * @param data {@code rows × width}, row-major; kept, and not to be written to
   * @throws IllegalArgumentException if there are none, or more or fewer numbers than that, or one is not finite
   */
  static Rows of(float[] data, int rows, int width) {
    if (rows < 1 || (long) rows * width != data.length) {
      throw new IllegalArgumentException(
          "data must have rows × d = " + rows + " × " + width + " numbers, got " + data.length);
    }
    for (int i = 0; i < data.length; i++) {
      if (!Float.isFinite(data[i])) {
        throw new IllegalArgumentException("data[" + i + "] must be finite, got " + data[i]);
      }
    }
    return new Rows() {
      @Override
      public int count() {
        return rows;
      }

      @Override
      public int width() {
        return width;
      }

      @Override
      public void read(int row, float[] out, int at) {
        System.arraycopy(data, row * width, out, at, width);
      }
    };
  }
}
