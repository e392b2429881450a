package dev.langevin.io;

import dev.langevin.math.NamedArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A safetensors file (Hugging Face, 2022): eight bytes with the length of a JSON head, the head with type, shape and place of every
 * array, then the numbers, little-endian and row-major. Named arrays and text about them, and nothing that could be executed.
 *
 * @param arrays in the order in which they lie in the file
 * @param metadata text by name, sorted
 */
public record Safetensors(List<NamedArray> arrays, Map<String, String> metadata) {
  private static final int BLOCK = 1 << 16;

  public Safetensors {
    arrays = List.copyOf(arrays);
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /**
   * Reads a file. F64, F16, BF16, whole numbers of 8 to 64 bits and BOOL become float, rounded to the nearest.
   *
   * @throws InputError if anything in the head is not as it must be (too long, no UTF-8, no JSON, a key twice, holes, overlaps,
   *     shapes that do not fit their bytes, places that do not fit the size of their numbers, other types), or the file ends early or late
   */
  public static Safetensors read(Path path) {
    return Trouble.guarded(
        path,
        () -> {
          requireFile(path);
          try (FileChannel file = FileChannel.open(path)) {
            SafetensorsHead head = SafetensorsHead.read(path, file);
            List<NamedArray> arrays = new ArrayList<>();
            for (SafetensorsHead.Entry entry : head.entries()) {
              arrays.add(read(path, file, entry));
            }
            return new Safetensors(arrays, head.metadata());
          }
        });
  }

  /** Reads only the text about the arrays. */
  public static Map<String, String> metadata(Path path) {
    return Trouble.guarded(
        path,
        () -> {
          requireFile(path);
          try (FileChannel file = FileChannel.open(path)) {
            return SafetensorsHead.read(path, file).metadata();
          }
        });
  }

  private static void requireFile(Path path) {
    if (Files.isDirectory(path)) {
      throw new InputError(path, "is a folder, not a file", "name a .safetensors file in it");
    }
  }

  private static NamedArray read(Path path, FileChannel file, SafetensorsHead.Entry entry)
      throws IOException {
    float[] values = new float[entry.count()];
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    long at = entry.begin();
    for (int i = 0; i < values.length; ) {
      int now = Math.min(values.length - i, BLOCK / entry.type().size);
      bytes.clear().limit(now * entry.type().size);
      while (bytes.hasRemaining()) {
        int n = file.read(bytes, at);
        if (n < 0) {
          throw new InputError(path, "became shorter while it was read", "try again");
        }
        at += n;
      }
      bytes.flip();
      if (entry.type() == ElementType.F32) {
        bytes.asFloatBuffer().get(values, i, now);
      } else {
        for (int k = 0; k < now; k++) {
          values[i + k] = (float) entry.type().next(bytes);
        }
      }
      i += now;
    }
    return new NamedArray(entry.name(), entry.shape(), values);
  }

  /** Writes float32 arrays, sorted by name, with their provenance as the text {@code provenance}. */
  public static void write(
      Path target, List<NamedArray> arrays, Map<String, String> metadata, Provenance provenance) {
    Map<String, String> all = new TreeMap<>(metadata);
    all.put(Provenance.KEY, provenance.line());
    write(target, arrays, all);
  }

  /**
   * Writes float32 arrays, sorted by name (by its UTF-8 bytes): the same bytes as Hugging Face's library, whose text about the arrays has no order where it is more than one entry.
   *
   * @param arrays with different names, none of them {@code __metadata__}
   * @param metadata text about them
   * @throws InputError if it cannot be written
   */
  public static void write(Path target, List<NamedArray> arrays, Map<String, String> metadata) {
    List<NamedArray> sorted = new ArrayList<>(arrays);
    sorted.sort((a, b) -> Arrays.compareUnsigned(utf8(a.name()), utf8(b.name())));
    byte[] head = head(sorted, metadata);
    AtomicFile.write(
        target,
        out -> {
          out.write(
              ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(head.length).array());
          out.write(head);
          for (NamedArray array : sorted) {
            writeFloats(out, array.values());
          }
        });
  }

  private static byte[] head(List<NamedArray> arrays, Map<String, String> metadata) {
    Map<String, Object> head = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      head.put(SafetensorsHead.METADATA, new TreeMap<>(metadata));
    }
    long begin = 0;
    for (NamedArray array : arrays) {
      long end = begin + 4L * array.values().length;
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", "F32");
      entry.put("shape", array.shape());
      entry.put("data_offsets", new long[] {begin, end});
      if (array.name().equals(SafetensorsHead.METADATA) || head.put(array.name(), entry) != null) {
        throw new IllegalArgumentException(
            "arrays must have different names, none "
                + SafetensorsHead.METADATA
                + ", got "
                + array.name());
      }
      begin = end;
    }
    byte[] json = utf8(Json.compact(head));
    byte[] padded = Arrays.copyOf(json, json.length + Math.floorMod(-json.length, 8));
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i += BLOCK / 4) {
      int now = Math.min(values.length - i, BLOCK / 4);
      bytes.clear().asFloatBuffer().put(values, i, now);
      out.write(bytes.array(), 0, 4 * now);
    }
  }
}
