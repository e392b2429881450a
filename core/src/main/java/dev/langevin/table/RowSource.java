package dev.langevin.table;

import dev.langevin.math.NamedArray;
import java.util.List;

/** Rows of finite numbers that are asked for one at a time: a {@link Dataset} in memory, or a file too large for it. */
public interface RowSource {
  /** Where it came from, for messages. */
  String name();

  /** Shape of one row: {@code [d]} for points, {@code [channels, height, width]} for images. */
  int[] shape();

  /** One name per column for points; empty for images. */
  List<String> columns();

  /** Number of rows. */
  int rows();

  /** A class per row, 0, 1, …; empty where there are none. */
  int[] labels();

  /** The classes' names; empty where they are called by their numbers. */
  List<String> classes();

  /** Writes row {@code row}, counted from 0, into the first {@link #width} places of {@code out}. O(width). */
  void read(int row, double[] out);

  /** Numbers in one row. */
  default int width() {
    return (int) NamedArray.size(shape());
  }

  /** Whether a row is an image, {@code [channels, height, width]}. */
  default boolean isImages() {
    return shape().length == 3;
  }
}
