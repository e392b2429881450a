package dev.langevin.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** One array of a Zarr v2 folder: C order, no filters, chunks stored, or compressed by zlib or gzip. */
final class ZarrArray {
  private static final long SMALL = 1L << 23; // numbers that may be all fill value
  private static final long LARGEST_RATIO = 1040; // of zlib
  private static final long MOST_CHUNKS = 1L << 20;
  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("b1", ElementType.BOOL),
          Map.entry("u1", ElementType.U8),
          Map.entry("i1", ElementType.I8),
          Map.entry("u2", ElementType.U16),
          Map.entry("i2", ElementType.I16),
          Map.entry("u4", ElementType.U32),
          Map.entry("i4", ElementType.I32),
          Map.entry("u8", ElementType.U64),
          Map.entry("i8", ElementType.I64),
          Map.entry("f2", ElementType.F16),
          Map.entry("f4", ElementType.F32),
          Map.entry("f8", ElementType.F64));

  private final Path path;
  private final List<String> dimensions;
  private final int[] shape;
  private final int[] chunk;
  private final String type;
  private final String compressor;
  private final String separator;
  private final @Nullable Double fill;

  private ZarrArray(Path path, Map<String, Object> array, List<String> dimensions) {
    this.path = path;
    this.dimensions = dimensions;
    this.shape = lengths(array, "shape");
    this.chunk = lengths(array, "chunks");
    this.type = array.get("dtype") instanceof String text ? text : "";
    this.compressor = compressor(array.get("compressor"));
    this.separator = "/".equals(array.get("dimension_separator")) ? "/" : ".";
    this.fill = fill(array.get("fill_value"));
    requireReadable(array);
  }

  static ZarrArray open(Path path) {
    Path attributes = path.resolve(".zattrs");
    List<String> dimensions = List.of();
    if (Files.exists(attributes)
        && Json.read(attributes).get("_ARRAY_DIMENSIONS") instanceof List<?> list) {
      dimensions = list.stream().map(String::valueOf).toList();
    }
    if (dimensions.isEmpty()) {
      return new ZarrArray(path);
    }
    return new ZarrArray(path, Json.read(path.resolve(".zarray")), dimensions);
  }

  /** An array that says nothing of its dimensions, and so is none of ours to read. */
  private ZarrArray(Path path) {
    this.path = path;
    this.dimensions = List.of();
    this.shape = new int[0];
    this.chunk = new int[0];
    this.type = "";
    this.compressor = "";
    this.separator = ".";
    this.fill = null;
  }

  Path path() {
    return path;
  }

  List<String> dimensions() {
    return dimensions;
  }

  int[] shape() {
    return shape.clone();
  }

  /** All numbers, row-major. */
  double[] read() throws IOException {
    ElementType element = TYPES.get(type.isEmpty() ? "" : type.substring(1));
    if (element == null || dimensions.size() != shape.length) {
      throw damaged("has elements of type '" + type + "' or dimensions that do not fit its shape");
    }
    int count = count(element);
    double[] values = new double[count];
    if (fill != null) {
      Arrays.fill(values, fill);
    }
    int[] grid = new int[shape.length];
    long chunks = 1;
    for (int k = 0; k < shape.length; k++) {
      grid[k] = (shape[k] - 1) / chunk[k] + 1;
      chunks = Math.min(MOST_CHUNKS + 1, chunks * (count == 0 ? 0 : grid[k]));
    }
    if (chunks > MOST_CHUNKS) {
      throw damaged("has more than a million chunks");
    }
    int[] at = new int[shape.length];
    for (long n = 0; n < chunks; n++) {
      readChunk(element, at, values);
      advance(at, grid);
    }
    return values;
  }

  /** How many numbers; refuses what the bytes that are there cannot hold. */
  private int count(ElementType element) throws IOException {
    long[] lengths = Arrays.stream(shape).asLongStream().toArray();
    long count = Elements.count(path.toString(), lengths);
    long stored = 0;
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        stored += Files.size(file);
      }
    }
    long most = compressor.isEmpty() ? stored : stored * LARGEST_RATIO;
    if (count > SMALL && count > most / element.size) {
      throw damaged("promises " + count + " numbers but is too small to hold them");
    }
    return (int) count;
  }

  private void readChunk(ElementType element, int[] at, double[] values) throws IOException {
    String[] parts = Arrays.stream(at).mapToObj(String::valueOf).toArray(String[]::new);
    Path file = path.resolve(parts.length == 0 ? "0" : String.join(separator, parts));
    if (!Files.exists(file)) {
      if (fill == null) {
        throw new InputError(file, "is missing", "the folder is incomplete: copy it again");
      }
      return;
    }
    try (InputStream in = unpacked(file)) {
      scatter(element, file, in, at, values);
    }
  }

  private InputStream unpacked(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return switch (compressor) {
      case "zlib" -> new InflaterInputStream(in);
      case "gzip" -> new GZIPInputStream(in);
      default -> in;
    };
  }

  /** Reads a chunk number by number; those beyond the array's edge are padding. */
  private void scatter(ElementType element, Path file, InputStream in, int[] at, double[] values)
      throws IOException {
    int row = chunk.length == 0 ? 1 : chunk[chunk.length - 1];
    int block = Math.max(1, Math.min(row, 1 << 12));
    byte[] bytes = new byte[block * element.size];
    int[] inside = new int[chunk.length];
    boolean more = true;
    while (more) {
      int now = Math.min(block, row - (chunk.length == 0 ? 0 : inside[chunk.length - 1]));
      if (in.readNBytes(bytes, 0, now * element.size) < now * element.size) {
        throw new InputError(file, "ends too early", "the folder is incomplete: copy it again");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, now * element.size).order(order());
      for (int k = 0; k < now; k++) {
        double value = element.next(buffer);
        int to = target(at, inside);
        if (to >= 0) {
          values[to] = value;
        }
        more = advance(inside, chunk);
      }
    }
  }

  private ByteOrder order() {
    return type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private int target(int[] at, int[] inside) {
    int to = 0;
    for (int k = 0; k < shape.length; k++) {
      long index = (long) at[k] * chunk[k] + inside[k];
      if (index >= shape[k]) {
        return -1;
      }
      to = to * shape[k] + (int) index;
    }
    return to;
  }

  /** The next index, the last axis fastest; false after the last one. */
  private static boolean advance(int[] index, int[] lengths) {
    for (int k = index.length - 1; k >= 0; k--) {
      if (++index[k] < lengths[k]) {
        return true;
      }
      index[k] = 0;
    }
    return false;
  }

  private int[] lengths(Map<String, Object> array, String key) {
    if (!(array.get(key) instanceof List<?> list) || list.size() > 32) {
      throw damaged("has no valid " + key);
    }
    int[] lengths = new int[list.size()];
    for (int k = 0; k < lengths.length; k++) {
      boolean right = list.get(k) instanceof Integer length && length >= 0;
      if (!right) {
        throw damaged("has no valid " + key);
      }
      lengths[k] = (Integer) list.get(k);
    }
    return lengths;
  }

  private static String compressor(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? String.valueOf(map.get("id"))
        : value == null ? "" : "?";
  }

  private static @Nullable Double fill(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1.0 : 0.0;
    }
    if (value instanceof String text) {
      return switch (text) {
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> Double.NaN;
      };
    }
    return null;
  }

  private void requireReadable(Map<String, Object> array) {
    if (!Integer.valueOf(2).equals(array.get("zarr_format"))) {
      throw damaged("is not of Zarr format 2");
    }
    if (!List.of("", "zlib", "gzip").contains(compressor)) {
      throw new InputError(
          path,
          "is compressed by " + CsvColumns.shortened(compressor) + ", which is not supported",
          "write it without: data.to_zarr(path, encoding={name: {'compressor': None}})");
    }
    if (array.get("filters") != null || !"C".equals(array.get("order"))) {
      throw new InputError(path, "has filters or Fortran order", "write it without");
    }
    boolean right = chunk.length == shape.length;
    for (int length : chunk) {
      right &= length >= 1;
    }
    if (!right) {
      throw damaged("has chunks that do not fit its shape");
    }
  }

  private InputError damaged(String problem) {
    return new InputError(path, problem, "the folder is damaged: copy it again");
  }
}
