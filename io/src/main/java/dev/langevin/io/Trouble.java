package dev.langevin.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipException;

/** Turns what the operating system says into what a person can act on. */
final class Trouble {
  private Trouble() {}

  /** Something that reads. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Reads, and turns every way in which a file can fail its reader into an {@link InputError}. */
  static <T> T guarded(Path path, Reading<T> reading) {
    try {
      return reading.read();
    } catch (UncheckedIOException e) {
      throw reading(path, e);
    } catch (IOException e) {
      throw reading(path, e);
    } catch (OutOfMemoryError e) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      throw new InputError(
          path.toString(),
          "does not fit into the " + megabytes + " MB of memory that Java may use",
          "take less of it, or allow more: export JAVA_TOOL_OPTIONS=-Xmx" + 4 * megabytes + "m",
          e);
    }
  }

  /** A file that could not be read. */
  static InputError reading(Path path, IOException e) {
    String place = path.toString();
    if (e instanceof NoSuchFileException) {
      return new InputError(place, "there is no such file or folder", "check the path", e);
    }
    if (e instanceof AccessDeniedException) {
      return new InputError(place, "may not be read", "give yourself permission to read it", e);
    }
    if (e instanceof EOFException) {
      return new InputError(
          place, "ends too early", "it was cut off: copy or download it again", e);
    }
    if (e instanceof ZipException || said(e).contains("gzip")) {
      return new InputError(
          place,
          "is not a valid gzip file (" + said(e) + ")",
          "copy or download it again; `gzip -t` shows whether it is whole",
          e);
    }
    if (e instanceof CharacterCodingException) {
      return new InputError(
          place, "is not UTF-8 text", "save it as UTF-8, or check that it is the right file", e);
    }
    return new InputError(place, "could not be read (" + said(e) + ")", "check the disk", e);
  }

  /** The same, where a stream could only throw it unchecked. */
  static InputError reading(Path path, UncheckedIOException e) {
    return reading(path, Objects.requireNonNull(e.getCause()));
  }

  /** The same, where a stream could only throw it unchecked. */
  static InputError writing(Path path, UncheckedIOException e) {
    return writing(path, Objects.requireNonNull(e.getCause()));
  }

  /** A file or folder that could not be written. */
  static InputError writing(Path path, IOException e) {
    String place = path.toString();
    String said = said(e);
    String low = said.toLowerCase(Locale.ROOT);
    if (low.contains("no space left") || low.contains("not enough space")) {
      return new InputError(
          place, "the disk is full", "free some space, or write to another disk", e);
    }
    if (low.contains("quota")) {
      return new InputError(
          place, "your disk quota is used up", "delete something, or write elsewhere", e);
    }
    if (low.contains("read-only")) {
      return new InputError(
          place, "is on a read-only file system", "choose a path that you may write to", e);
    }
    if (low.contains("name too long")) {
      return new InputError(place, "the name is too long", "choose a shorter one", e);
    }
    if (e instanceof AccessDeniedException) {
      return new InputError(place, "may not be written", "choose a path that you may write to", e);
    }
    if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
      return missingParent(path);
    }
    return new InputError(
        place, "could not be written (" + said + ")", "check the disk, or write elsewhere", e);
  }

  /** The folder that a file should go into is not there. */
  static InputError missingParent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return new InputError(
        path, "the folder " + parent + " does not exist", "create it first: mkdir -p " + parent);
  }

  private static String said(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
