package dev.langevin.app;

import dev.langevin.io.InputError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the entries of a JSON object that this library wrote, and says which one is missing or of the wrong kind. */
final class Fields {
  private final String place;
  private final Map<String, Object> map;

  Fields(String place, Map<String, Object> map) {
    this.place = place;
    this.map = map;
  }

  boolean has(String name) {
    return map.get(name) != null;
  }

  String text(String name) {
    return value(name, String.class, "text");
  }

  boolean flag(String name) {
    return value(name, Boolean.class, "true or false");
  }

  double number(String name) {
    return value(name, Number.class, "a number").doubleValue();
  }

  long whole(String name) {
    double value = number(name);
    if (value != Math.rint(value)) {
      throw wrong(name, "is not a whole number");
    }
    return value(name, Number.class, "a number").longValue();
  }

  int count(String name) {
    long value = whole(name);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw wrong(name, "is out of range");
    }
    return (int) value;
  }

  double[] numbers(String name) {
    return list(name, Number.class).stream().mapToDouble(Number::doubleValue).toArray();
  }

  int[] counts(String name) {
    return list(name, Number.class).stream().mapToInt(Number::intValue).toArray();
  }

  List<String> texts(String name) {
    return list(name, String.class);
  }

  boolean[] flags(String name) {
    List<Boolean> list = list(name, Boolean.class);
    boolean[] flags = new boolean[list.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = list.get(i);
    }
    return flags;
  }

  /** A nested object. */
  Map<String, Object> object(String name) {
    Map<?, ?> raw = value(name, Map.class, "an object");
    Map<String, Object> inner = new LinkedHashMap<>();
    raw.forEach((key, value) -> inner.put(String.valueOf(key), value));
    return inner;
  }

  /** The fields of a nested object. */
  Fields fields(String name) {
    return new Fields(place, object(name));
  }

  /** A list of anything. */
  List<?> list(String name) {
    return value(name, List.class, "a list");
  }

  private <T> List<T> list(String name, Class<T> kind) {
    List<?> raw = value(name, List.class, "a list");
    for (Object entry : raw) {
      if (!kind.isInstance(entry)) {
        throw wrong(name, "holds " + entry);
      }
    }
    return raw.stream().map(kind::cast).toList();
  }

  private <T> T value(String name, Class<T> kind, String wanted) {
    Object value = map.get(name);
    if (value == null) {
      throw wrong(name, "is missing");
    }
    if (!kind.isInstance(value)) {
      throw wrong(name, "is not " + wanted);
    }
    return kind.cast(value);
  }

  /** The error that says what is wrong with the entry of this name. */
  InputError wrong(String name, String problem) {
    return new InputError(
        place,
        "\"" + name + "\" " + problem,
        "the file was changed or is from another version; restore it, or fit again with --fresh");
  }
}
