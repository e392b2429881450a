package dev.langevin.app.target;

import dev.langevin.io.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which of the known names somebody may have meant. */
final class NearestNames {
  private static final int MOST = 3;

  private NearestNames() {}

  /** Up to three names, the likeliest first: those that contain what was typed, then those within a third of its letters. */
  static List<String> of(String typed, List<String> known) {
    String plain = plain(typed);
    return known.stream()
        .filter(name -> likely(plain, plain(name)))
        .sorted(Comparator.comparingInt(name -> rank(plain, plain(name))))
        .limit(MOST)
        .toList();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean likely(String typed, String name) {
    return contains(typed, name) || Nearest.distance(typed, name) <= 1 + typed.length() / 3;
  }

  private static int rank(String typed, String name) {
    return contains(typed, name) ? 0 : Nearest.distance(typed, name);
  }

  private static boolean contains(String typed, String name) {
    return typed.length() >= 2 && (name.contains(typed) || typed.contains(name));
  }
}
