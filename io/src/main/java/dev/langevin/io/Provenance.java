package dev.langevin.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where an output came from: enough to make it again, and nothing that would differ when it is made again (no clock, no machine,
 * no user name), so that equal runs give equal bytes. Every writer of this package embeds it.
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
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
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
        textKeys(field(place, map, "settings", Map.class)),
        texts(place, field(place, map, "inputs", Map.class)));
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

  private static <T> T field(String place, Map<String, Object> map, String name, Class<T> type) {
    Object value = map.get(name);
    if (!type.isInstance(value)) {
      throw new InputError(
          place, "its provenance has no valid " + name, "check that Langevin wrote this file");
    }
    return type.cast(value);
  }

  private static Map<String, Object> textKeys(Map<?, ?> map) {
    Map<String, Object> settings = new LinkedHashMap<>();
    map.forEach((key, value) -> settings.put(String.valueOf(key), value));
    return settings;
  }

  private static Map<String, String> texts(String place, Map<?, ?> map) {
    Map<String, String> inputs = new LinkedHashMap<>();
    textKeys(map)
        .forEach((key, value) -> inputs.put(key, field(place, textKeys(map), key, String.class)));
    return inputs;
  }
}
