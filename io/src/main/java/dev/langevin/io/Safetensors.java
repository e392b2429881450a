package dev.langevin.io;

import dev.langevin.math.NamedArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A safetensors file: named arrays, and a map of text about them. */
public record Safetensors(List<NamedArray> arrays, Map<String, String> metadata) {
  /** Reads a file; F64, F16, BF16, integers and booleans become float. */
  public static Safetensors read(Path path) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Writes float32 arrays, sorted by name. */
  public static void write(Path target, List<NamedArray> arrays, Map<String, String> metadata) {
    throw new UnsupportedOperationException("not yet");
  }
}
