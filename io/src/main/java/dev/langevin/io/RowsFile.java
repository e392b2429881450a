package dev.langevin.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Rows of numbers that come in one after another and are read column by column: blocks of {@value #BLOCK} rows, each block column after column, little-endian
 * doubles. A column of a block is one page of the disk; the block that is not full yet is kept in memory and written whole at every {@link #flush}.
 *
 * <p>Through a {@link RandomAccessFile} and not a channel, which a thread that is interrupted would find closed. All methods may be called by several threads.
 */
final class RowsFile implements Closeable {
  static final int BLOCK = 512;

  private final RandomAccessFile file;
  private final int columns;
  private final double[][] block; // [column][row in block]
  private final byte[] bytes;
  private int rows;

  private RowsFile(Path path, int columns) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "rw");
    this.columns = columns;
    this.block = new double[columns][BLOCK];
    this.bytes = new byte[BLOCK * Double.BYTES];
  }

  /**
   * The file of so many rows, created if there is none; what it has beyond them is forgotten.
   *
   * @throws IOException if it has fewer
   */
  static RowsFile of(Path path, int columns, int rows) throws IOException {
    RowsFile opened = new RowsFile(path, columns);
    try {
      opened.begin(rows);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void begin(int atRow) throws IOException {
    int full = atRow / BLOCK;
    boolean partly = atRow % BLOCK > 0;
    long needed = offset(full + (partly ? 1 : 0), 0);
    if (file.length() < needed) {
      throw new IOException(
          "holds fewer rows than its checkpoint says: "
              + file.length()
              + " of "
              + needed
              + " bytes");
    }
    file.setLength(needed);
    rows = atRow;
    for (int c = 0; c < columns && partly; c++) {
      readBlock(full, c, 0, BLOCK, block[c], 0);
    }
  }

  private long offset(int blockIndex, int column) {
    return ((long) blockIndex * columns + column) * bytes.length;
  }

  /** Adds a row. */
  synchronized void append(double[] row) throws IOException {
    int at = rows % BLOCK;
    for (int c = 0; c < columns; c++) {
      block[c][at] = row[c];
    }
    rows++;
    if (rows % BLOCK == 0) {
      writeBlock(rows / BLOCK - 1);
      for (double[] column : block) {
        Arrays.fill(column, 0);
      }
    }
  }

  /** Forces all rows so far to the disk. */
  synchronized void flush() throws IOException {
    if (rows % BLOCK > 0) {
      writeBlock(rows / BLOCK);
    }
    file.getFD().sync();
  }

  private void writeBlock(int index) throws IOException {
    file.seek(offset(index, 0));
    for (double[] column : block) {
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(column);
      file.write(bytes);
    }
  }

  synchronized int rows() {
    return rows;
  }

  /** Writes the rows {@code from … from + count - 1} of one column to the beginning of {@code out}. */
  synchronized void read(int column, int from, int count, double[] out) throws IOException {
    for (int done = 0; done < count; ) {
      int row = from + done;
      int in = row % BLOCK;
      int some = Math.min(BLOCK - in, count - done);
      if (row / BLOCK == rows / BLOCK) {
        System.arraycopy(block[column], in, out, done, some);
      } else {
        readBlock(row / BLOCK, column, in, some, out, done);
      }
      done += some;
    }
  }

  private void readBlock(int index, int column, int in, int count, double[] out, int at)
      throws IOException {
    file.seek(offset(index, column) + (long) in * Double.BYTES);
    file.readFully(bytes, 0, count * Double.BYTES);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(out, at, count);
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
