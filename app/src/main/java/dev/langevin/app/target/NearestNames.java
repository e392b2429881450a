package dev.langevin.app.target;

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
    return contains(typed, name) || edits(typed, name) <= 1 + typed.length() / 3;
  }

  private static int rank(String typed, String name) {
    return contains(typed, name) ? 0 : edits(typed, name);
  }

  private static boolean contains(String typed, String name) {
    return typed.length() >= 2 && (name.contains(typed) || typed.contains(name));
  }

  /** The least number of insertions, deletions and replacements from one to the other (Levenshtein 1966). */
  static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
