package dev.langevin.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a Zarr v2 hierarchy (zarr-developers, storage specification version 2) into an empty folder. */
final class ZarrWriter {
  private static final int CHUNK = 1 << 22; // numbers in a chunk at most, where a draw has fewer

  private static final int BLOCK = 1024; // draws at a time

  private final Path root;
  private final Map<String, Object> metadata = new TreeMap<>();

  ZarrWriter(Path root) {
    this.root = root;
  }

  /** Where an array's numbers come from. */
  @FunctionalInterface
  interface Values {
    /** Writes element {@code k}, row-major, of the draws {@code from … from + count - 1} to the beginning of {@code out}. */
    void read(int chain, int k, int from, int count, double[] out);
  }

  /** A group; "" is the root. */
  void group(String path, Map<String, Object> attributes) throws IOException {
    Files.createDirectories(root.resolve(path));
    String prefix = path.isEmpty() ? "" : path + "/";
    put(prefix + ".zgroup", Map.of("zarr_format", 2));
    put(prefix + ".zattrs", attributes);
  }

  /** The numbers 0, 1, …, as the labels of a dimension. */
  void coordinate(String group, String dimension, int length) throws IOException {
    String path = group + "/" + dimension;
    describe(path, "<i8", new int[] {length}, new int[] {Math.max(1, length)}, List.of(dimension));
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out =
        new BufferedOutputStream(new FileOutputStream(root.resolve(path).resolve("0").toFile()))) {
      for (int i = 0; i < length; i++) {
        out.write(bytes.putLong(0, i).array());
      }
    }
  }

  /** An array of chain, draw and perhaps more dimensions, a chunk for each chain and some millions of numbers. */
  void array(String path, ElementType type, int[] shape, List<String> dimensions, Values values)
      throws IOException {
    int width = Arrays.stream(shape).skip(2).reduce(1, Math::multiplyExact);
    int[] chunk = shape.clone();
    chunk[0] = 1;
    chunk[1] = Math.max(1, Math.min(shape[1], CHUNK / Math.max(1, width)));
    describe(path, code(type), shape, chunk, dimensions);
    for (int c = 0; c < shape[0]; c++) {
      for (int first = 0; first < shape[1]; first += chunk[1]) {
        String tail = ".0".repeat(shape.length - 2);
        Path file = root.resolve(path).resolve(c + "." + first / chunk[1] + tail);
        writeChunk(
            file, type, c, first, Math.min(shape[1], first + chunk[1]), chunk[1], width, values);
      }
    }
  }

  private static void writeChunk(
      Path file,
      ElementType type,
      int chain,
      int from,
      int to,
      int length,
      int width,
      Values values)
      throws IOException {
    double[][] block = new double[width][Math.min(BLOCK, length)];
    ByteBuffer bytes = ByteBuffer.allocate(width * type.size).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out =
        new BufferedOutputStream(new FileOutputStream(file.toFile()), 1 << 16)) {
      for (int first = from; first < from + length; first += BLOCK) {
        int count = Math.min(BLOCK, from + length - first); // the last chunk is full length too
        int there = Math.max(0, Math.min(count, to - first));
        for (int k = 0; k < width; k++) {
          values.read(chain, k, Math.min(first, to), there, block[k]);
          Arrays.fill(block[k], there, count, 0);
        }
        for (int i = 0; i < count; i++) {
          bytes.clear();
          for (double[] series : block) {
            put(bytes, type, series[i]);
          }
          out.write(bytes.array());
        }
      }
    }
  }

  private static void put(ByteBuffer bytes, ElementType type, double value) {
    switch (type) {
      case BOOL -> bytes.put((byte) (value == 0 ? 0 : 1));
      case I64 -> bytes.putLong((long) value);
      case F64 -> bytes.putDouble(value);
      default -> throw new IllegalArgumentException("type must be BOOL, I64 or F64, got " + type);
    }
  }

  private static String code(ElementType type) {
    return switch (type) {
      case BOOL -> "|b1";
      case I64 -> "<i8";
      default -> "<f8";
    };
  }

  /** All metadata once more in one file, so that a reader over a network asks once. */
  void consolidate() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("zarr_consolidated_format", 1);
    all.put("metadata", metadata);
    Files.writeString(root.resolve(".zmetadata"), Json.text(all));
  }

  private void describe(String path, String type, int[] shape, int[] chunk, List<String> dimensions)
      throws IOException {
    Files.createDirectories(root.resolve(path));
    Map<String, Object> array = new LinkedHashMap<>();
    array.put("zarr_format", 2);
    array.put("shape", list(shape));
    array.put("chunks", list(chunk));
    array.put("dtype", type);
    array.put("compressor", null);
    array.put("fill_value", null);
    array.put("order", "C");
    array.put("filters", null);
    put(path + "/.zarray", array);
    put(path + "/.zattrs", Map.of("_ARRAY_DIMENSIONS", dimensions));
  }

  private void put(String path, Map<String, Object> value) throws IOException {
    metadata.put(path, value);
    Files.writeString(root.resolve(path), Json.text(value));
  }

  private static List<Integer> list(int[] lengths) {
    return Arrays.stream(lengths).boxed().collect(Collectors.toList());
  }
}
