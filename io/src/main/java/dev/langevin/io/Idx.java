package dev.langevin.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * IDX files, the format of MNIST (LeCun, Cortes &amp; Burges 1998): two zero bytes, the element type, the rank, the lengths as
 * 32-bit integers, then the numbers, all big-endian.
 */
final class Idx {
  private static final int HIGHEST_RANK = 8;

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
    byte[] start = source.exactly(4);
    ElementType type = type(start[2]);
    if (!isIdx(start) || type == null) {
      throw new InputError(source.path(), "is no IDX file", "check that it is the right file");
    }
    ByteBuffer head = ByteBuffer.wrap(source.exactly(4 * start[3]));
    long[] lengths = new long[start[3]];
    int[] shape = new int[start[3]];
    for (int k = 0; k < lengths.length; k++) {
      shape[k] = head.getInt();
      lengths[k] = shape[k];
    }
    long count = Elements.count(source.path().toString(), lengths);
    return new Npy.Content(shape, Elements.read(source, type, ByteOrder.BIG_ENDIAN, count));
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
