package dev.langevin.cli;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody may have meant. */
final class Nearest {
  private Nearest() {}

  /** {@code "Did you mean X? "} for the nearest of {@code known} by edit distance, or nothing if none is near. */
  static String hint(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String name) -> distance(word, name)))
        .filter(name -> distance(word, name) <= 1 + word.length() / 3)
        .map(name -> "Did you mean " + name + "? ")
        .orElse("");
  }

  /** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. O(|a| |b|). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = Math.min(i, j) == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = cost[i - 1][j - 1] + (same ? 0 : 1);
    best = Math.min(best, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
