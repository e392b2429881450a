package dev.langevin.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256, by which a data set is recognised. */
public final class Hashes {
  private Hashes() {}

  /**
   * The SHA-256 of a file's bytes, as {@code sha256sum} prints it; of a folder: the SHA-256 of the lines {@code HASH  PATH} of all
   * files below it, sorted by path, as {@code find . -type f | cut -c3- | LC_ALL=C sort | xargs sha256sum | sha256sum} prints it.
   *
   * @return 64 lower-case hexadecimal digits
   * @throws InputError if it cannot be read
   */
  public static String sha256(Path path) {
    try {
      return Files.isDirectory(path) ? folder(path) : file(path);
    } catch (UncheckedIOException e) {
      throw Trouble.reading(path, e);
    } catch (IOException e) {
      throw Trouble.reading(path, e);
    }
  }

  /** The SHA-256 of these bytes, 64 lower-case hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  private static String file(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String folder(Path folder) throws IOException {
    List<String> names;
    try (Stream<Path> walk = Files.walk(folder)) {
      names =
          walk.filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
    }
    MessageDigest digest = digest();
    for (String name : names) {
      String line = file(folder.resolve(name)) + "  " + name + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
