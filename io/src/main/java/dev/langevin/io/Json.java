package dev.langevin.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON of maps and records. Numbers are printed shortest-round-trip and alike on every JDK, entries stand in the order of the map
 * or of the record's components, so equal values give equal bytes.
 */
public final class Json {
  private static final JsonMapper PRETTY =
      mapper().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final JsonMapper LINE = mapper().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final JsonMapper COMPACT = mapper().build();
  private static final JsonMapper PYTHON =
      mapper().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private static final long LARGEST = 1L << 30;

  private Json() {}

  private static JsonMapper.Builder mapper() {
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
  }

  /** {@code value} (map, list, record, number, text) as indented JSON with a line break at its end. */
  public static String text(Object value) {
    return PRETTY.writeValueAsString(value).replace("\r\n", "\n") + "\n";
  }

  /** {@code value} as JSON on one line of ASCII. */
  public static String line(Object value) {
    return LINE.writeValueAsString(value);
  }

  /** {@code value} as JSON on one line, letters beyond ASCII as they are. */
  static String compact(Object value) {
    return COMPACT.writeValueAsString(value);
  }

  /** Reads a JSON object as Python writes it: with {@code NaN}, {@code Infinity} and {@code -Infinity} too. */
  static Map<String, Object> readPython(Path path) {
    return parse(PYTHON, path.toString(), content(path), Map.class);
  }

  /**
   * Parses a JSON object.
   *
   * @param place where the text came from, for the message
   * @throws InputError if it is no JSON object, or a key repeats
   */
  public static Map<String, Object> parse(String place, String text) {
    return parse(place, text, Map.class);
  }

  /** Parses JSON into a record or map; the record's unknown or missing components are refused. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  static <T> T parse(String place, String text, Class<?> type) {
    return parse(PRETTY, place, text, type);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T parse(JsonMapper mapper, String place, String text, Class<?> type) {
    try {
      Object value = mapper.readValue(text, type);
      if (value == null) {
        throw new InputError(
            place, "is null, not a JSON object", "check that it is the right file");
      }
      return (T) value;
    } catch (JacksonException e) {
      throw new InputError(
          place + position(e),
          "is not the JSON expected here (" + firstLine(e.getOriginalMessage()) + ")",
          "mend it there, or check that it is the right file",
          e);
    } catch (StackOverflowError e) {
      throw new InputError(place, "is nested too deeply", "check that it is the right file");
    }
  }

  /** Reads a JSON object from a file. */
  public static Map<String, Object> read(Path path) {
    return parse(path.toString(), content(path), Map.class);
  }

  /** Reads a record from a file; its unknown or missing components are refused. */
  public static <T> T read(Path path, Class<T> type) {
    return type.cast(Json.<Object>parse(path.toString(), content(path), type));
  }

  /** Writes {@code value} (map, list, record) as indented JSON. */
  public static void write(Path target, Object value) {
    AtomicFile.write(target, text(value));
  }

  private static String content(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new InputError(path, "is a folder, not a JSON file", "name a file");
      }
      if (Files.size(path) > LARGEST) {
        throw new InputError(
            path, "is too large for a JSON file", "check that it is the right file");
      }
      return Files.readString(path);
    } catch (IOException e) {
      throw Trouble.reading(path, e);
    }
  }

  private static String position(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    return at == null || at.getLineNr() < 1 ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
