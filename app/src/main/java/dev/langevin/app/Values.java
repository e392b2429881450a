package dev.langevin.app;

import java.util.Map;

/**
 * What was set of an entry's {@link Setting}s.
 *
 * @param given by key
 */
record Values(Map<String, Double> given) {
  boolean has(String key) {
    return given.containsKey(key);
  }

  double or(String key, double otherwise) {
    return given.getOrDefault(key, otherwise);
  }

  int whole(String key, int otherwise) {
    double value = or(key, otherwise);
    if (value != Math.rint(value) || Math.abs(value) > 1e9) {
      throw new IllegalArgumentException(key + " must be a whole number, got " + value);
    }
    return (int) value;
  }

  /** 1 for yes, 0 for no. */
  boolean flag(String key, boolean otherwise) {
    double value = or(key, otherwise ? 1 : 0);
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException(key + " must be 0 or 1, got " + value);
    }
    return value == 1;
  }
}
