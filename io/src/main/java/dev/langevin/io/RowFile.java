package dev.langevin.io;

import dev.langevin.math.NamedArray;
import dev.langevin.table.RowSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of an uncompressed npy or IDX file, read from disk one by one as they are asked for, so that a file may be larger than memory. The rows are those of {@link
 * Datasets#read}, number for number.
 *
 * <p>Memory: one row, and the labels if there are any. The file is read at positions and not mapped into memory: what is cut off while it is read is an error then, not a crash of
 * the process. Size and time of change are compared at every 64th row read with those at the beginning. Used by one thread at a time.
 */
public final class RowFile implements RowSource, AutoCloseable {
  private static final int CHECKED = 64;

  private final Path path;
  private final RandomAccessFile file;
  private final ArrayHead head;
  private final int rows;
  private final int[] stored; // shape of a row as it lies in the file
  private final int[] shape;
  private final long size;
  private final FileTime changed;
  private final ByteBuffer bytes;
  private final double[] turned;
  private final Datasets.Classes classes;
  private long reads;

  private RowFile(Path path, ArrayHead head, ReadOptions options) throws IOException {
    this.path = path;
    this.head = head;
    rows = (int) head.lengths()[0];
    stored = Datasets.storedRow(path, head.shape());
    shape = Datasets.rowShape(path, Datasets.turnedRow(stored), List.of(), options);
    int width = (int) NamedArray.size(stored);
    bytes = ByteBuffer.allocate(Math.multiplyExact(width, head.element().size)).order(head.order());
    turned = new double[width];
    BasicFileAttributes now = attributes();
    size = now.size();
    changed = now.lastModifiedTime();
    requireLength();
    classes =
        options.labelFile().isPresent()
            ? Datasets.classes(path, rows, options.labelFile().get())
            : new Datasets.Classes(new int[0], List.of());
    file = new RandomAccessFile(path.toFile(), "r");
  }

  /**
   * Opens a file, and its labels if {@code options} name some.
   *
   * @throws InputError if it is compressed, no npy or IDX file, in Fortran order, or shorter or longer than its head says
   */
  public static RowFile open(Path path, ReadOptions options) {
    return Trouble.guarded(path, () -> new RowFile(path, head(path), options));
  }

  /**
   * Whether {@code path} is a file whose rows can be read one by one, and how many numbers it holds; 0 where it is not.
   *
   * @throws InputError if its head is damaged
   */
  public static double numbers(Path path) {
    if (!Files.isRegularFile(path)) {
      return 0;
    }
    return Trouble.guarded(
        path,
        () -> {
          try (Source source = Source.open(path)) {
            FileKind kind = FileKind.of(source.peek(512));
            if (source.isZipped() || (kind != FileKind.NPY && kind != FileKind.IDX)) {
              return 0.0;
            }
            ArrayHead head = kind == FileKind.NPY ? Npy.head(source) : Idx.head(source);
            double count = 1;
            for (long length : head.lengths()) {
              count *= length;
            }
            return head.fortran() ? 0.0 : count;
          }
        });
  }

  private static ArrayHead head(Path path) throws IOException {
    try (Source source = Source.open(path)) {
      FileKind kind = FileKind.of(source.peek(512));
      if (source.isZipped()) {
        throw new InputError(
            path,
            "is gzipped, and rows cannot be picked out of that",
            "unpack it for streaming: gunzip --keep " + path);
      }
      if (kind != FileKind.NPY && kind != FileKind.IDX) {
        throw new InputError(
            path,
            "is no npy or IDX file, and only the rows of these can be streamed",
            "leave --stream out, or save the rows with numpy.save");
      }
      return checked(path, kind == FileKind.NPY ? Npy.head(source) : Idx.head(source));
    }
  }

  private static ArrayHead checked(Path path, ArrayHead head) {
    long[] lengths = head.lengths();
    boolean fits = lengths.length >= 1 && lengths.length <= 4;
    for (long length : lengths) {
      fits &= length >= 1 && length < Integer.MAX_VALUE;
    }
    double width = 1;
    for (int k = 1; k < lengths.length; k++) {
      width *= lengths[k];
    }
    if (!fits || width * head.element().size > Integer.MAX_VALUE / 2) {
      throw new InputError(
          path,
          "has shape " + Arrays.toString(lengths) + "; expected are 1 to 4 axes, the first of rows",
          "reshape it: rows x numbers, or rows x channels x height x width");
    }
    if (head.fortran() && lengths.length > 1) {
      throw new InputError(
          path,
          "is in Fortran order, in which a row's numbers lie apart",
          "save it in C order for streaming: numpy.save(name, numpy.ascontiguousarray(array))");
    }
    return head;
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  private void requireLength() {
    long wanted = head.offset() + (long) rows * bytes.capacity();
    if (size != wanted) {
      throw new InputError(
          path,
          "has " + size + " bytes, but its header promises " + wanted,
          "it was cut off or damaged: copy or download it again");
    }
  }

  @Override
  public String name() {
    return Datasets.name(path);
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int[] labels() {
    return classes.labels();
  }

  @Override
  public List<String> classes() {
    return classes.names();
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputError if the file has gone, was cut off or changed, or a number is not finite
   */
  @Override
  public void read(int row, double[] out) {
    Trouble.guarded(path, () -> fill(row));
    Datasets.channelsFirst(turned, stored, out);
  }

  private double[] fill(int row) throws IOException {
    if (reads++ % CHECKED == 0) {
      requireUnchanged();
    }
    file.seek(head.offset() + (long) row * bytes.capacity());
    file.readFully(bytes.array());
    bytes.clear();
    for (int j = 0; j < turned.length; j++) {
      double value = Elements.exact(path.toString(), head.element(), head.element().next(bytes));
      if (!Double.isFinite(value)) {
        throw Datasets.notFinite(path, head.shape(), row, j, value);
      }
      turned[j] = value;
    }
    return turned;
  }

  private void requireUnchanged() throws IOException {
    BasicFileAttributes now = attributes();
    if (now.size() != size || !now.lastModifiedTime().equals(changed)) {
      throw new InputError(
          path,
          "was changed while its rows were read",
          "bring it back as it was: the same command then resumes from the last checkpoint");
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
