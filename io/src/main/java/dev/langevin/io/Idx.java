package dev.langevin.io;

import dev.langevin.table.Dataset;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IDX files, the format of MNIST (LeCun, Cortes &amp; Burges 1998): two zero bytes, the element type, the rank, the lengths as
 * 32-bit integers, then the numbers, all big-endian.
 *
 * <p>The format has no room for anything else, so {@link #write} puts the {@link Provenance} beside it, as {@link Npy} does.
 */
public final class Idx {
  private static final int HIGHEST_RANK = 8;
  private static final int BYTES = 0x08;
  private static final int DOUBLES = 0x0E;

  private Idx() {}

  static boolean isIdx(byte[] start) {
    return start.length >= 4
        && start[0] == 0
        && start[1] == 0
        && type(start[2]) != null
        && start[3] >= 1
        && start[3] <= HIGHEST_RANK;
  }

  static Npy.Content read(Source source) throws IOException {
    ArrayHead head = head(source);
    long count = Elements.count(source.path().toString(), head.lengths());
    double[] values = Elements.read(source, head.element(), head.order(), count);
    return new Npy.Content(head.shape(), values);
  }

  /** What stands before the numbers. */
  static ArrayHead head(Source source) throws IOException {
    byte[] start = source.exactly(4);
    ElementType type = type(start[2]);
    if (!isIdx(start) || type == null) {
      throw new InputError(source.path(), "is no IDX file", "check that it is the right file");
    }
    ByteBuffer head = ByteBuffer.wrap(source.exactly(4 * start[3]));
    long[] lengths = new long[start[3]];
    for (int k = 0; k < lengths.length; k++) {
      lengths[k] = head.getInt();
    }
    return new ArrayHead(type, ByteOrder.BIG_ENDIAN, lengths, false, 4 + head.capacity());
  }

  /**
   * Writes a data set, losing nothing: as bytes if all numbers are whole from 0 to 255, as 64-bit floats otherwise. Grey images get the rank 3 of MNIST, {@code [rows, height, width]}; images with
   * several channels {@code [rows, channels, height, width]}. Labels are not written; the provenance goes into {@code target + ".json"}.
   *
   * @throws InputError if it cannot be written
   */
  public static void write(Path target, Dataset data, Provenance provenance) {
    double[] values = data.values();
    boolean bytes = Arrays.stream(values).allMatch(v -> v >= 0 && v <= 255 && v == Math.rint(v));
    int[] row = data.shape();
    int from = row.length == 3 && row[0] == 1 ? 1 : 0;
    Npy.writeHashed(
        target,
        raw -> {
          DataOutputStream out = new DataOutputStream(raw);
          out.writeShort(0);
          out.writeByte(bytes ? BYTES : DOUBLES);
          out.writeByte(1 + row.length - from);
          out.writeInt(data.rows());
          for (int k = from; k < row.length; k++) {
            out.writeInt(row[k]);
          }
          for (double value : values) {
            if (bytes) {
              out.writeByte((int) value);
            } else {
              out.writeDouble(value);
            }
          }
          out.flush();
        },
        provenance);
  }

  private static @Nullable ElementType type(byte code) {
    return switch (code) {
      case 0x08 -> ElementType.U8;
      case 0x09 -> ElementType.I8;
      case 0x0B -> ElementType.I16;
      case 0x0C -> ElementType.I32;
      case 0x0D -> ElementType.F32;
      case 0x0E -> ElementType.F64;
      default -> null;
    };
  }
}
