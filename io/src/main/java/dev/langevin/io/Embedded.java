package dev.langevin.io;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the provenance in each of the formats. */
final class Embedded {
  private static final int HEAD = 1 << 16;
  private static final int LARGEST_CHUNK = 1 << 24;

  private Embedded() {}

  static Optional<Provenance> in(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return inFolder(path);
    }
    if (!Files.exists(path)) {
      throw new InputError(path, "there is no such file or folder", "check the path");
    }
    String name = path.getFileName().toString();
    Path beside = Npy.sidecar(path);
    if (name.endsWith(".npy") || (isIdx(path) && Files.exists(beside))) {
      return Files.exists(beside) ? inMap(beside, Json.read(beside)) : Optional.empty();
    }
    if (name.endsWith(".json")) {
      return inMap(path, Json.read(path));
    }
    if (name.endsWith(".safetensors")) {
      return ofLine(path, Safetensors.metadata(path).get(Provenance.KEY));
    }
    try (Source source = Source.open(path)) {
      byte[] start = source.peek(8);
      return FileKind.of(start) == FileKind.IMAGE ? inPng(path, source) : inComments(path, source);
    }
  }

  private static boolean isIdx(Path path) throws IOException {
    try (Source source = Source.open(path)) {
      return Idx.isIdx(source.peek(4));
    }
  }

  private static Optional<Provenance> inFolder(Path folder) throws IOException {
    Path attributes = folder.resolve(".zattrs");
    if (Files.exists(attributes)) {
      return inMap(attributes, Json.read(attributes));
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
    for (Path file : files) {
      if (file.toString().endsWith(".csv") || ImageFile.isImage(file)) {
        return in(file);
      }
    }
    for (Path file : files) {
      if (Files.exists(file.resolve(".zattrs"))) {
        return in(file);
      }
    }
    return Optional.empty();
  }

  private static Optional<Provenance> inMap(Path path, Map<String, Object> map) {
    if (!(map.get(Provenance.KEY) instanceof Map<?, ?> found)) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    found.forEach((key, value) -> fields.put(String.valueOf(key), value));
    return Optional.of(Provenance.fromMap(path.toString(), fields));
  }

  private static Optional<Provenance> ofLine(Path path, @Nullable String line) {
    return line == null ? Optional.empty() : Optional.of(Provenance.parse(path.toString(), line));
  }

  private static Optional<Provenance> inComments(Path path, Source source) throws IOException {
    String head = new String(source.peek(HEAD), StandardCharsets.UTF_8);
    return head.lines()
        .takeWhile(line -> line.startsWith("#"))
        .flatMap(line -> Provenance.ofComment(path.toString(), line).stream())
        .findFirst();
  }

  /** A PNG is 8 bytes of signature, then chunks: length, type, content, CRC; tEXt is keyword, zero byte, Latin-1 text. */
  private static Optional<Provenance> inPng(Path path, Source source) throws IOException {
    DataInputStream in = new DataInputStream(source.stream());
    if (in.readLong() != 0x89504E470D0A1A0AL) {
      return Optional.empty();
    }
    String start = Provenance.KEY + "\0";
    try {
      while (true) {
        int length = in.readInt();
        String type = new String(source.exactly(4), StandardCharsets.ISO_8859_1);
        if (type.equals("tEXt") && length >= 0 && length < LARGEST_CHUNK) {
          String text = new String(source.exactly(length), StandardCharsets.ISO_8859_1);
          if (text.startsWith(start)) {
            return ofLine(path, text.substring(start.length()));
          }
          skip(in, 4);
        } else {
          skip(in, 4 + (length & 0xFFFFFFFFL));
        }
      }
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private static void skip(InputStream in, long bytes) throws IOException {
    in.skipNBytes(bytes);
  }
}
