package dev.langevin.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where an output came from: enough to make it again, and nothing that would differ when it is made again (no clock, no machine,
 * no user name), so that equal runs give equal bytes. Every writer of this package embeds it, and {@link #of} finds it again.
 *
 * <p>Maps are sorted by key, down to the innermost: {@code Map.of} has another order in every run of Java.
 *
 * @param version of this library
 * @param command what was asked for, as one would type it
 * @param seed the user's seed
 * @param settings every setting, defaults too, by name; values are numbers, text, booleans, lists and maps
 * @param inputs the SHA-256 of every input, by name
 */
public record Provenance(
    String version,
    String command,
    long seed,
    Map<String, Object> settings,
    Map<String, String> inputs) {
  /** The key under which formats with named attributes hold it. */
  static final String KEY = "provenance";

  public Provenance {
    settings = Collections.unmodifiableMap(sorted(settings));
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
  }

  /** As a map of JSON values, in the order of the components. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", version);
    map.put("command", command);
    map.put("seed", seed);
    map.put("settings", settings);
    map.put("inputs", inputs);
    return map;
  }

  /** As JSON on one line of ASCII. */
  public String line() {
    return Json.line(toMap());
  }

  /**
   * The inverse of {@link #line()}; whole numbers come back as Integer or Long, others as Double.
   *
   * @throws InputError if the text is no such line
   */
  public static Provenance parse(String place, String line) {
    return fromMap(place, Json.parse(place, line));
  }

  /** The inverse of {@link #toMap()}. */
  public static Provenance fromMap(String place, Map<String, Object> map) {
    return new Provenance(
        field(place, map, "version", String.class),
        field(place, map, "command", String.class),
        field(place, map, "seed", Number.class).longValue(),
        sorted(field(place, map, "settings", Map.class)),
        texts(place, sorted(field(place, map, "inputs", Map.class))));
  }

  /**
   * The provenance that one of this package's writers put into a file or folder: CSV, Stan CSV, npy (its neighbour {@code .json}),
   * PNG, safetensors, Zarr; empty if there is none.
   *
   * @throws InputError if the file cannot be read, or its provenance is damaged
   */
  public static Optional<Provenance> of(Path path) {
    return Trouble.guarded(path, () -> Embedded.in(path));
  }

  /** The comment lines for the head of a text file, each {@code # …} and ended by a line break. */
  String comments() {
    return "# Langevin "
        + version.replaceAll("[\\r\\n]", " ")
        + "\n# "
        + KEY
        + " = "
        + line()
        + "\n";
  }

  /** The provenance in one line of {@link #comments()}, if it is that line. */
  static Optional<Provenance> ofComment(String place, String comment) {
    String start = "# " + KEY + " = ";
    return comment.startsWith(start)
        ? Optional.of(parse(place, comment.substring(start.length())))
        : Optional.empty();
  }

  private static Map<String, Object> sorted(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), sortedValue(value)));
    return sorted;
  }

  private static Object sortedValue(Object value) {
    if (value instanceof Map<?, ?> map) {
      return sorted(map);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(sortedValue(element)));
      return copy;
    }
    return value;
  }

  private static <T> T field(String place, Map<String, Object> map, String name, Class<T> type) {
    Object value = map.get(name);
    if (!type.isInstance(value)) {
      throw new InputError(
          place, "its provenance has no valid " + name, "check that Langevin wrote this file");
    }
    return type.cast(value);
  }

  private static Map<String, String> texts(String place, Map<String, Object> map) {
    Map<String, String> inputs = new TreeMap<>();
    map.keySet().forEach(key -> inputs.put(key, field(place, map, key, String.class)));
    return inputs;
  }
}
