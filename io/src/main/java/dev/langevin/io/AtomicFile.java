package dev.langevin.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file all or nothing: into a new file beside the target, forced to the disk, then renamed over it. A reader sees the old
 * content or the new one; after a failure of any kind (full disk, exception, loss of power) the old content is still there and the
 * half-written file is gone (after a loss of power or {@code kill -9} it may stay behind as {@code .name.….part}, and is swept away
 * by a later write of the same target, one hour on at the earliest).
 *
 * <p>A symbolic link is followed, so that what it points to is replaced. What is no regular file ({@code /dev/stdout}, a named
 * pipe) is written to directly, since it cannot be replaced.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface BodyWriter {
    /** Writes everything to {@code out}, which is buffered; need not close it. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Creates or replaces {@code target}.
   *
   * @throws InputError if the target is a folder, its folder does not exist, may not be written, or the disk is full
   */
  public static void write(Path target, BodyWriter body) {
    Path place = Beside.resolved(target);
    if (Files.isDirectory(place)) {
      throw new InputError(target, "is a folder", "give the name of a file in it");
    }
    if (!Files.isDirectory(Beside.parent(place))) {
      throw Trouble.missingParent(target);
    }
    if (Files.exists(place) && !Files.isWritable(place)) {
      throw new InputError(
          target, "is write-protected", "choose another name, or make it writable");
    }
    try {
      if (Files.exists(place) && !Files.isRegularFile(place)) {
        fill(place, body, false);
      } else {
        replace(place, body);
      }
    } catch (UncheckedIOException e) {
      throw Trouble.writing(target, e);
    } catch (IOException e) {
      throw Trouble.writing(target, e);
    }
  }

  /** Creates or replaces {@code target} with this text, in UTF-8. */
  public static void write(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void replace(Path target, BodyWriter body) throws IOException {
    Beside.sweep(target);
    Path part = Beside.part(target);
    try {
      Files.createFile(part);
      fill(part, body, true);
      Beside.copyPermissions(target, part);
      rename(part, target);
      Beside.force(Beside.parent(target));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Through a stream and not a channel: a thread that is interrupted, by Ctrl-C say, would find its channel closed and what it
   * wanted to keep lost.
   */
  private static void fill(Path file, BodyWriter body, boolean force) throws IOException {
    try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
      OutputStream out = new BufferedOutputStream(new Unclosed(stream), 1 << 16);
      body.write(out);
      out.flush();
      if (force) {
        stream.getFD().sync();
      }
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) { // some network and overlay file systems
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A stream that stays open when a body closes it: the content is still to be forced to the disk. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
