package dev.langevin.io;

import dev.langevin.math.NamedArray;
import dev.langevin.table.Dataset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * NumPy's npy files (NEP 1; versions 1, 2 and 3): a magic number, a Python dictionary with the element type, the order and the
 * shape, then the numbers.
 *
 * <p>The format has no room for anything else, so {@link #write} puts the {@link Provenance} beside it, into a file with {@code
 * .json} appended to the name, which also holds the array's SHA-256: by it one sees whether the two belong together.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LARGEST_HEADER = 1 << 20;
  private static final Pattern TYPE = field("descr", "['\"]([^'\"]*)['\"]");
  private static final Pattern FORTRAN = field("fortran_order", "(True|False)");
  private static final Pattern SHAPE =
      field("shape", "\\(\\s*((?:\\d{1,19}L?\\s*,\\s*)*(?:\\d{1,19}L?)?)\\s*\\)");
  private static final Map<String, ElementType> TYPES = types();

  private Npy() {}

  /**
   * An array of any rank.
   *
   * @param shape lengths of the axes, outermost first; empty for a scalar
   * @param values row-major (C order), whatever the file's order was; shared, not copied
   */
  public record Content(int[] shape, double[] values) {
    public Content {
      shape = shape.clone();
    }

    @Override
    public int[] shape() {
      return shape.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Content that
          && Arrays.equals(shape, that.shape)
          && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "array of shape " + Arrays.toString(shape);
    }
  }

  /**
   * Reads an array: f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8 or bool, of either byte order, in C or Fortran order, gzipped or not.
   * Memory grows with what the file holds, not with what its header promises.
   *
   * @throws InputError if the file is none, is damaged, holds other things than numbers, or integers beyond 2^53
   */
  public static Content read(Path path) {
    return Trouble.guarded(
        path,
        () -> {
          try (Source source = Source.open(path)) {
            return read(source);
          }
        });
  }

  static boolean isNpy(byte[] start) {
    return start.length >= MAGIC.length && Arrays.equals(start, 0, 6, MAGIC, 0, 6);
  }

  static Content read(Source source) throws IOException {
    ArrayHead head = head(source);
    long count = Elements.count(source.path().toString(), head.lengths());
    double[] values = Elements.read(source, head.element(), head.order(), count);
    int[] shape = head.shape();
    return new Content(shape, head.fortran() ? rowMajor(shape, values) : values);
  }

  /** What stands before the numbers. */
  static ArrayHead head(Source source) throws IOException {
    Path path = source.path();
    byte[] start = source.exactly(8);
    String header = header(source, start);
    String type = find(path, TYPE, header, "element type");
    ElementType element = TYPES.get(type.isEmpty() ? "" : type.substring(1));
    if (element == null || "<>|=".indexOf(type.charAt(0)) < 0) {
      throw new InputError(
          path,
          "holds elements of type '" + type + "', not plain numbers",
          "save it as numbers: numpy.save(name, array.astype('f8'))");
    }
    long[] lengths = shape(find(path, SHAPE, header, "shape"));
    ByteOrder order = type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    boolean fortran = find(path, FORTRAN, header, "order").equals("True");
    int bytes = header.getBytes(charset(start[6])).length;
    return new ArrayHead(element, order, lengths, fortran, 8 + lengthBytes(start[6]) + bytes);
  }

  private static int lengthBytes(int version) {
    return version == 1 ? 2 : 4;
  }

  private static Charset charset(int version) {
    return version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
  }

  private static String header(Source source, byte[] start) throws IOException {
    Path path = source.path();
    int version = start[6];
    if (!isNpy(start) || version < 1 || version > 3) {
      throw new InputError(path, "is no npy file of version 1 to 3", "save it with numpy.save");
    }
    byte[] length = source.exactly(lengthBytes(version));
    ByteBuffer little = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
    long size = version == 1 ? little.getShort() & 0xFFFF : little.getInt() & 0xFFFFFFFFL;
    if (size > LARGEST_HEADER) {
      throw new InputError(path, "its header is implausibly long", "copy or download it again");
    }
    return new String(source.exactly((int) size), charset(version));
  }

  private static Pattern field(String key, String value) {
    return Pattern.compile("['\"]" + key + "['\"]\\s*:\\s*" + value);
  }

  private static String find(Path path, Pattern pattern, String header, String what) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new InputError(
          path,
          "its header gives no plain " + what,
          "save plain numbers: numpy.save(name, array.astype('f8'))");
    }
    return matcher.group(1);
  }

  private static long[] shape(String text) {
    return Arrays.stream(text.split(","))
        .map(part -> part.replace("L", "").trim())
        .filter(part -> !part.isEmpty())
        .mapToLong(part -> part.length() > 10 ? Long.MAX_VALUE : Long.parseLong(part))
        .toArray();
  }

  /** Turns the first-axis-fastest order of Fortran into the last-axis-fastest of C. */
  static double[] rowMajor(int[] shape, double[] values) {
    double[] out = new double[values.length];
    int[] index = new int[shape.length];
    for (double value : values) {
      int to = 0;
      for (int k = 0; k < shape.length; k++) {
        to = to * shape[k] + index[k];
      }
      out[to] = value;
      for (int k = 0; k < shape.length && ++index[k] == shape[k]; k++) {
        index[k] = 0;
      }
    }
    return out;
  }

  private static Map<String, ElementType> types() {
    return Map.ofEntries(
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
  }

  /**
   * Writes an array as float64 in C order, and its provenance into {@code target + ".json"}.
   *
   * @param values row-major, {@code product(shape)} numbers
   * @throws InputError if it cannot be written
   */
  public static void write(Path target, int[] shape, double[] values, Provenance provenance) {
    if (NamedArray.size(shape) != values.length) {
      throw new IllegalArgumentException(
          "shape must have " + values.length + " values, got " + Arrays.toString(shape));
    }
    writeHashed(
        target,
        out -> {
          out.write(head(shape));
          writeDoubles(out, values);
        },
        provenance);
  }

  /** Writes a file of a format without room for a provenance, and that beside it, with the file's SHA-256. */
  static void writeHashed(Path target, AtomicFile.BodyWriter body, Provenance provenance) {
    MessageDigest digest = Hashes.digest();
    AtomicFile.write(target, out -> body.write(new DigestOutputStream(out, digest)));
    Map<String, Object> beside = new LinkedHashMap<>();
    beside.put("file", String.valueOf(target.getFileName()));
    beside.put("sha256", HexFormat.of().formatHex(digest.digest()));
    beside.put(Provenance.KEY, provenance.toMap());
    Json.write(sidecar(target), beside);
  }

  /** Writes a data set as one array of shape {@code [rows, …]}; its labels are not written. */
  public static void write(Path target, Dataset data, Provenance provenance) {
    int[] row = data.shape();
    int[] shape = new int[row.length + 1];
    shape[0] = data.rows();
    System.arraycopy(row, 0, shape, 1, row.length);
    write(target, shape, data.values(), provenance);
  }

  /** Where the provenance of an npy file is. */
  static Path sidecar(Path npy) {
    return npy.resolveSibling(npy.getFileName() + ".json");
  }

  /** Version 1.0, padded with spaces so that the numbers begin at a multiple of 64. */
  private static byte[] head(int[] shape) {
    String lengths =
        Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" ", "(", ")"));
    if (shape.length > 1) {
      lengths = lengths.replace(",)", ")");
    }
    String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': " + lengths + ", }";
    int unpadded = MAGIC.length + 4 + dictionary.length() + 1;
    dictionary += " ".repeat(Math.floorMod(-unpadded, 64)) + "\n";
    return ByteBuffer.allocate(MAGIC.length + 4 + dictionary.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) dictionary.length())
        .put(dictionary.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }

  private static void writeDoubles(OutputStream out, double[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 15).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (!buffer.hasRemaining()) {
        out.write(buffer.array());
        buffer.clear();
      }
      buffer.putDouble(value);
    }
    out.write(buffer.array(), 0, buffer.position());
  }
}
