package dev.langevin.io;

import java.util.Collection;
import java.util.Locale;

/** Finds what the user may have meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the smallest edit distance (Levenshtein 1966, letter case ignored) to {@code word}, or "" if none is within
   * a third of its length, rounded up. Among equals the first.
   */
  public static String of(String word, Collection<String> candidates) {
    String nearest = "";
    int best = (word.length() + 2) / 3 + 1;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - word.length()) < best) {
        int distance = distance(lower(word), lower(candidate));
        if (distance < best) {
          best = distance;
          nearest = candidate;
        }
      }
    }
    return nearest;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The least number of insertions, deletions and replacements from one to the other (Levenshtein 1966). O(|a| |b|). */
  public static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
