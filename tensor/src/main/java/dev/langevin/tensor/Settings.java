package dev.langevin.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a map of settings, as a model file keeps it, and names what is missing, of the wrong kind or left over. A JSON reader
 * may give integers as Integer, Long or BigInteger and whole doubles as integers: all are taken.
 */
final class Settings {
  private final String place;
  private final Map<String, Object> left;

  private Settings(String place, Map<String, Object> map) {
    this.place = place;
    this.left = new LinkedHashMap<>(map);
  }

  static Settings of(String place, Map<String, Object> map) {
    return new Settings(place, map);
  }

  String text(String name) {
    return take(name, String.class, "a text");
  }

  boolean flag(String name) {
    return take(name, Boolean.class, "true or false");
  }

  double number(String name) {
    return take(name, Number.class, "a number").doubleValue();
  }

  int integer(String name) {
    return Math.toIntExact(whole(name));
  }

  long whole(String name) {
    return whole(name, take(name, Number.class, "a whole number"));
  }

  List<Integer> integers(String name) {
    List<?> list = take(name, List.class, "a list of whole numbers");
    List<Integer> integers = new ArrayList<>();
    for (Object entry : list) {
      if (!(entry instanceof Number number)) {
        throw wrong(name, "a list of whole numbers", list);
      }
      integers.add(Math.toIntExact(whole(name, number)));
    }
    return integers;
  }

  List<String> texts(String name) {
    List<?> list = take(name, List.class, "a list of texts");
    List<String> texts = new ArrayList<>();
    for (Object entry : list) {
      if (!(entry instanceof String text)) {
        throw wrong(name, "a list of texts", list);
      }
      texts.add(text);
    }
    return texts;
  }

  /** Whether the setting is there, null or not. */
  boolean has(String name) {
    return left.containsKey(name);
  }

  /** Whether the setting is there, and a list. */
  boolean isList(String name) {
    return left.get(name) instanceof List;
  }

  String text(String name, String absent) {
    return left.containsKey(name) ? text(name) : absent;
  }

  List<String> texts(String name, List<String> absent) {
    return left.containsKey(name) ? texts(name) : absent;
  }

  boolean flag(String name, boolean absent) {
    return left.containsKey(name) ? flag(name) : absent;
  }

  double number(String name, double absent) {
    return left.containsKey(name) ? number(name) : absent;
  }

  int integer(String name, int absent) {
    return left.containsKey(name) ? integer(name) : absent;
  }

  List<Integer> integers(String name, List<Integer> absent) {
    return left.containsKey(name) ? integers(name) : absent;
  }

  /** A setting whose absence and whose null mean different things. */
  @Nullable Integer integerOrNull(String name, @Nullable Integer absent) {
    return isNull(name) ? null : left.containsKey(name) ? Integer.valueOf(integer(name)) : absent;
  }

  /** A setting whose absence and whose null mean different things. */
  @Nullable String textOrNull(String name, @Nullable String absent) {
    return isNull(name) ? null : left.containsKey(name) ? text(name) : absent;
  }

  /** Whether the setting is there and null; it counts as read then. */
  private boolean isNull(String name) {
    if (left.containsKey(name) && left.get(name) == null) {
      left.remove(name);
      return true;
    }
    return false;
  }

  Settings settings(String name) {
    Map<?, ?> map = take(name, Map.class, "a map of settings");
    Map<String, Object> inner = new LinkedHashMap<>();
    map.forEach((key, value) -> inner.put(String.valueOf(key), value));
    return new Settings(place + "." + name, inner);
  }

  Map<String, Object> rest() {
    Map<String, Object> rest = new LinkedHashMap<>(left);
    left.clear();
    return rest;
  }

  /** To be called when all has been read: an unknown setting is an error, not a silent default. */
  void done() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          place + " has settings that are not known: " + left.keySet());
    }
  }

  private long whole(String name, Number number) {
    double value = number.doubleValue();
    if (value != Math.rint(value) || Math.abs(value) > Long.MAX_VALUE) {
      throw wrong(name, "a whole number", number);
    }
    return number.longValue();
  }

  private <T> T take(String name, Class<T> kind, String expected) {
    Object value = left.remove(name);
    if (value == null) {
      throw new IllegalArgumentException(place + "." + name + " is missing");
    }
    if (!kind.isInstance(value)) {
      throw wrong(name, expected, value);
    }
    return kind.cast(value);
  }

  private IllegalArgumentException wrong(String name, String expected, Object value) {
    return new IllegalArgumentException(
        place + "." + name + " must be " + expected + ", got " + value);
  }
}
