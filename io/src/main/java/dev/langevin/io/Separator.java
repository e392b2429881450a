package dev.langevin.io;

import java.util.List;
import java.util.stream.Stream;

/** Finds out by what the fields of a CSV are separated. */
final class Separator {
  private static final List<Character> KNOWN = List.of('\t', ';', ',');
  private static final int LINES = 10;

  private Separator() {}

  /**
   * The separator that occurs equally often in each of the first lines, comments aside: tab before semicolon before comma, so that
   * decimal commas do not count. If there is none, the most frequent one of the first line: some line is ragged then, and will be
   * named.
   *
   * @param start the beginning of the file, cut off anywhere
   */
  static char of(String start) {
    List<String> lines = lines(start);
    if (lines.isEmpty()) {
      return ',';
    }
    for (char c : KNOWN) {
      int count = count(lines.get(0), c);
      if (count > 0 && lines.stream().allMatch(line -> count(line, c) == count)) {
        return c;
      }
    }
    char best = ',';
    for (char c : KNOWN) {
      if (count(lines.get(0), c) > count(lines.get(0), best)) {
        best = c;
      }
    }
    return best;
  }

  /** Whether the first line looks like numbers separated by spaces. */
  static boolean looksSpaced(String start) {
    List<String> lines = lines(start);
    if (lines.isEmpty() || KNOWN.stream().anyMatch(c -> lines.get(0).indexOf(c) >= 0)) {
      return false;
    }
    String[] parts = lines.get(0).trim().split("\\s+");
    return parts.length > 1 && Stream.of(parts).noneMatch(p -> Double.isNaN(Numbers.parse(p)));
  }

  private static List<String> lines(String start) {
    List<String> all = start.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    boolean cut = all.size() > 1 && !start.endsWith("\n");
    return all.subList(0, Math.min(LINES, cut ? all.size() - 1 : all.size()));
  }

  private static int count(String line, char separator) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      count += c == separator && !quoted ? 1 : 0;
    }
    return count;
  }
}
