package dev.langevin.io;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a data file does not say itself.
 *
 * @param labelColumn the column of a CSV that is not data but each row's class: its name, or its number counted from 1
 * @param shape shape of a row: {@code [d]}, {@code [height, width]} or {@code [channels, height, width]}; the file's own otherwise
 * @param header whether the first line of a CSV holds names; detected otherwise
 * @param labelFile a file with one class per row: IDX of rank 1, npy of rank 1, or a CSV of one column
 */
public record ReadOptions(
    Optional<String> labelColumn,
    Optional<int[]> shape,
    Optional<Boolean> header,
    Optional<Path> labelFile) {
  private static final ReadOptions DEFAULTS =
      new ReadOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public ReadOptions {
    shape = shape.map(ReadOptions::checked);
  }

  /** Everything as the file says. */
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /** The same, with {@code column} (name, or number from 1) holding each row's class. */
  public ReadOptions withLabel(String column) {
    return new ReadOptions(Optional.of(column), shape, header, labelFile);
  }

  /** The same, with rows of this shape. */
  public ReadOptions withShape(int... lengths) {
    return new ReadOptions(labelColumn, Optional.of(lengths), header, labelFile);
  }

  /** The same, with or without a first line of names. */
  public ReadOptions withHeader(boolean present) {
    return new ReadOptions(labelColumn, shape, Optional.of(present), labelFile);
  }

  /** The same, with the classes in a file of their own. */
  public ReadOptions withLabelFile(Path file) {
    return new ReadOptions(labelColumn, shape, header, Optional.of(file));
  }

  /**
   * Reads a shape as people write it: {@code 8x8} is an image of 8 rows and 8 columns, {@code 3x32x32} one of 3 channels, {@code 12}
   * a point.
   *
   * @param place the flag it stands behind, for the message
   */
  public static int[] shape(String place, String text) {
    String[] parts = text.trim().split("[x×X*,]", -1);
    int[] lengths = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].trim();
      lengths[i] = part.matches("[0-9]{1,6}") ? Integer.parseInt(part) : 0;
      if (lengths[i] < 1 || parts.length > 3) {
        throw new InputError(
            place,
            "\"" + text + "\" is not a shape",
            "write height x width, for example 8x8, or channels x height x width, for example"
                + " 3x32x32");
      }
    }
    return lengths;
  }

  private static int[] checked(int[] lengths) {
    boolean right = lengths.length >= 1 && lengths.length <= 3;
    for (int length : lengths) {
      right &= length >= 1;
    }
    if (!right) {
      throw new IllegalArgumentException(
          "shape must be one to three positive lengths, got " + Arrays.toString(lengths));
    }
    return lengths.clone();
  }

  @Override
  public Optional<int[]> shape() {
    return shape.map(int[]::clone);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReadOptions that
        && labelColumn.equals(that.labelColumn)
        && Arrays.equals(shape.orElse(null), that.shape.orElse(null))
        && header.equals(that.header)
        && labelFile.equals(that.labelFile);
  }

  @Override
  public int hashCode() {
    return Objects.hash(labelColumn, Arrays.hashCode(shape.orElse(null)), header, labelFile);
  }
}
