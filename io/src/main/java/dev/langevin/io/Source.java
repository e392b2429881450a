package dev.langevin.io;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The bytes of a file, unpacked if its first two bytes say gzip, whatever its name says. */
final class Source implements Closeable {
  /** How many bytes {@link #peek} sees at most. */
  static final int PEEK = 1 << 16;

  private final Path path;
  private final InputStream in;
  private final boolean zipped;

  private Source(Path path, InputStream in, boolean zipped) {
    this.path = path;
    this.in = in;
    this.zipped = zipped;
  }

  static Source open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new InputError(path, "is a folder, not a file", "name a file in it");
    }
    return of(path, Files.newInputStream(path));
  }

  static Source of(Path path, InputStream raw) throws IOException {
    try {
      InputStream in = new BufferedInputStream(raw, PEEK);
      in.mark(2);
      boolean zipped = in.read() == 0x1F && in.read() == 0x8B;
      in.reset();
      return new Source(
          path, zipped ? new BufferedInputStream(new GZIPInputStream(in, PEEK), PEEK) : in, zipped);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Whether the bytes come out of a gzipped file. */
  boolean isZipped() {
    return zipped;
  }

  /** For those who read on by themselves; closed with this source. */
  InputStream stream() {
    return in;
  }

  /** The next bytes, fewer than {@code length} only at the end, without moving on. */
  byte[] peek(int length) throws IOException {
    in.mark(length);
    byte[] bytes = in.readNBytes(length);
    in.reset();
    return bytes;
  }

  /** The next {@code length} bytes; a small number, since they are promised by a header at most. */
  byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  /** Fills {@code buffer} as far as the file goes. */
  int fill(byte[] buffer, int length) throws IOException {
    return in.readNBytes(buffer, 0, length);
  }

  boolean atEnd() throws IOException {
    in.mark(1);
    int next = in.read();
    in.reset();
    return next < 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
