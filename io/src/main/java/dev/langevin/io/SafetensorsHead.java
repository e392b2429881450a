package dev.langevin.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a safetensors file, with everything checked before any array is allocated.
 *
 * @param entries in the order of their places; they fill the rest of the file without holes
 * @param metadata text by name
 */
record SafetensorsHead(List<Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";

  private static final long LONGEST = 100_000_000;

  /**
   * Where an array lies.
   *
   * @param begin its first byte, counted from the start of the file
   * @param count how many numbers it has
   */
  record Entry(String name, ElementType type, int[] shape, long begin, int count) {
    long end() {
      return begin + (long) count * type.size;
    }
  }

  static SafetensorsHead read(Path path, FileChannel file) throws IOException {
    long size = file.size();
    if (size < 8) {
      throw damaged(path, "is too short for a safetensors file");
    }
    long length = bytes(file, 0, 8).getLong();
    if (length < 2 || length > LONGEST || length > size - 8) {
      throw damaged(
          path,
          "says that its head has " + Long.toUnsignedString(length) + " bytes, which it cannot");
    }
    ByteBuffer head = bytes(file, 8, (int) length);
    if (head.get(0) != '{') {
      throw damaged(path, "has a head that does not begin with {");
    }
    return parse(path, Json.parse(path.toString(), text(path, head)), 8 + length, size);
  }

  private static ByteBuffer bytes(FileChannel file, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }

  private static String text(Path path, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw damaged(path, "has a head that is not UTF-8");
    }
  }

  private static SafetensorsHead parse(Path path, Map<String, Object> head, long start, long size) {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Object> one : head.entrySet()) {
      if (one.getKey().equals(METADATA)) {
        metadata = metadata(path, one.getValue());
      } else {
        entries.add(entry(path, one.getKey(), one.getValue(), start));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = start;
    for (Entry entry : entries) {
      if (entry.begin() != at) {
        throw damaged(
            path,
            "has "
                + (entry.begin() > at ? "a hole before" : "an overlap at")
                + " array "
                + quoted(entry.name()));
      }
      at = entry.end();
    }
    if (at != size) {
      throw damaged(path, "should have " + at + " bytes but has " + size);
    }
    return new SafetensorsHead(entries, metadata);
  }

  private static Map<String, String> metadata(Path path, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw damaged(path, "has " + METADATA + " that is no map");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    map.forEach(
        (key, text) -> {
          if (!(text instanceof String string)) {
            throw damaged(path, "has " + METADATA + " with a value that is no text");
          }
          metadata.put(String.valueOf(key), string);
        });
    return metadata;
  }

  private static Entry entry(Path path, String name, Object value, long start) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw damaged(path, "has an array whose name is no valid text");
    }
    if (!(value instanceof Map<?, ?> map)
        || !map.keySet().equals(Set.of("dtype", "shape", "data_offsets"))) {
      throw damaged(path, "array " + quoted(name) + " needs dtype, shape and data_offsets");
    }
    ElementType type = type(map.get("dtype"));
    if (type == null) {
      throw new InputError(
          path,
          "array "
              + quoted(name)
              + " has the type "
              + CsvColumns.shortened("" + map.get("dtype"))
              + ", which is not supported",
          "convert it to float32");
    }
    long[] shape = wholes(path, name, map.get("shape"));
    long[] offsets = wholes(path, name, map.get("data_offsets"));
    long count = Elements.count(path.toString(), shape);
    if (offsets.length != 2 || offsets[1] - offsets[0] != count * type.size) {
      throw damaged(path, "array " + quoted(name) + " has data_offsets that do not fit its shape");
    }
    if (offsets[0] % type.size != 0) {
      throw new InputError(
          path,
          "array " + quoted(name) + " does not begin at a multiple of its numbers' size",
          "write it again with the safetensors library, which puts large numbers first");
    }
    int[] lengths = Arrays.stream(shape).mapToInt(n -> (int) n).toArray();
    return new Entry(name, type, lengths, start + offsets[0], (int) count);
  }

  /** The type of this code, which is its name. */
  private static @Nullable ElementType type(@Nullable Object code) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(code)) {
        return type;
      }
    }
    return null;
  }

  private static long[] wholes(Path path, String name, @Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      throw damaged(path, "array " + quoted(name) + " has a shape or data_offsets that is no list");
    }
    long[] wholes = new long[list.size()];
    for (int i = 0; i < wholes.length; i++) {
      boolean whole = list.get(i) instanceof Integer || list.get(i) instanceof Long;
      wholes[i] = whole ? ((Number) list.get(i)).longValue() : -1;
      if (wholes[i] < 0 || wholes[i] > Long.MAX_VALUE / 4) {
        throw damaged(
            path, "array " + quoted(name) + " has a length or offset that is no whole number");
      }
    }
    return wholes;
  }

  private static String quoted(String name) {
    return "\"" + CsvColumns.shortened(name) + "\"";
  }

  private static InputError damaged(Path path, String problem) {
    return new InputError(path, problem, "the file is damaged: copy or download it again");
  }
}
