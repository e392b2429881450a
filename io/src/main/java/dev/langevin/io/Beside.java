package dev.langevin.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The unfinished twin of a file or folder, in the same folder and so on the same file system: {@code .name.PROCESS-NUMBER.part}.
 * The process number keeps two runs that write the same target from writing into each other.
 */
final class Beside {
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Duration STALE = Duration.ofHours(1);

  private Beside() {}

  /** The absolute path, symbolic links followed if the target exists. */
  static Path resolved(Path target) {
    Path absolute = target.toAbsolutePath().normalize();
    try {
      return Files.isSymbolicLink(absolute) ? absolute.toRealPath() : absolute;
    } catch (IOException dangling) {
      return absolute;
    }
  }

  static Path parent(Path absolute) {
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }

  /** A new name beside {@code target}; nothing is created. */
  static Path part(Path target) {
    long process = ProcessHandle.current().pid();
    return target.resolveSibling(
        "." + target.getFileName() + "." + process + "-" + NUMBER.incrementAndGet() + ".part");
  }

  /** Where a folder waits while its successor takes its place; not swept, since it may be all that is left. */
  static Path old(Path target) {
    String part = part(target).getFileName().toString();
    return target.resolveSibling(part.substring(0, part.length() - ".part".length()) + ".old");
  }

  /** Deletes what runs that were killed left behind, if their process is gone and they are older than an hour. */
  static void sweep(Path target) {
    String pattern = glob("." + target.getFileName() + ".") + "*-*.part";
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent(target), pattern)) {
      for (Path part : found) {
        if (stale(part, target)) {
          deleteTree(part);
        }
      }
    } catch (IOException | RuntimeException e) {
      return; // sweeping is a courtesy; the write itself will tell what is wrong
    }
  }

  private static boolean stale(Path part, Path target) throws IOException {
    String tail =
        part.getFileName().toString().substring(target.getFileName().toString().length() + 2);
    if (!tail.matches("\\d{1,18}-\\d{1,18}\\.part")) {
      return false;
    }
    long process = Long.parseLong(tail.substring(0, tail.indexOf('-')));
    Instant written = Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS).toInstant();
    return ProcessHandle.of(process).isEmpty() && written.isBefore(Instant.now().minus(STALE));
  }

  private static String glob(String literal) {
    return literal.replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
  }

  /** The new file may be read and written by whom the old one could. */
  static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (old != null && Files.exists(from)) {
      Files.setPosixFilePermissions(to, old.readAttributes().permissions());
    }
  }

  /** Forces a folder's entries (Linux, macOS) or a file's content to the disk. */
  static void force(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return; // folders cannot be opened on Windows; there the rename itself is journalled
    }
  }

  /** Deletes a file or a folder with all that is in it; links are deleted, not followed. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
