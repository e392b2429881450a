package dev.langevin.density.target;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names of reported quantities in Stan's notation, counted from 1. */
final class Names {
  private Names() {}

  /** {@code name[1], …, name[length]}. */
  static Stream<String> indexed(String name, int length) {
    return IntStream.rangeClosed(1, length).mapToObj(i -> name + "[" + i + "]");
  }

  /** {@code x[1], …, x[d]}. */
  static List<String> coordinates(int d) {
    return indexed("x", d).toList();
  }
}
