package dev.langevin.io;

import java.util.Locale;
import java.util.Set;
import tools.jackson.core.io.NumberOutput;

/** Numbers as text, both ways. */
final class Numbers {
  private static final Set<String> MISSING =
      Set.of("", "na", "nan", "n/a", "#n/a", "null", "none", "nil", "?", "-", ".", "missing");

  private Numbers() {}

  /**
   * The shortest decimal that reads back as {@code value}; the same on every JDK, which {@link Double#toString(double)} is not
   * (before JDK 19 it may print one digit too many). Whole numbers have no {@code .0}. Not finite: {@code nan}, {@code inf},
   * {@code -inf}, as Stan, NumPy and R read them.
   */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    String text = NumberOutput.toString(value, true);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Whether this cell says that there is no value. */
  static boolean missing(String cell) {
    return MISSING.contains(cell.trim().toLowerCase(Locale.ROOT));
  }

  /** The number that a cell holds, with a point and no thousands separators; NaN if it holds none. */
  static double parse(String cell) {
    int start = 0;
    int end = cell.length();
    while (start < end && cell.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && cell.charAt(end - 1) <= ' ') {
      end--;
    }
    if (end - start <= 9 && digits(cell, start, end)) {
      return Integer.parseInt(cell, start, end, 10);
    }
    String text = cell.substring(start, end);
    return decimal(text) ? Double.parseDouble(text) : Double.NaN;
  }

  private static boolean digits(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return end > start;
  }

  /** Sign? digits [. digits] [e sign? digits], with a digit on one side of the point: none of Java's extras. */
  private static boolean decimal(String text) {
    int i = afterSign(text, 0);
    int whole = afterDigits(text, i);
    int digits = whole - i;
    i = whole;
    if (i < text.length() && text.charAt(i) == '.') {
      int fraction = afterDigits(text, i + 1);
      digits += fraction - i - 1;
      i = fraction;
    }
    if (digits == 0) {
      return false;
    }
    if (i < text.length() && (text.charAt(i) | 0x20) == 'e') {
      int exponent = afterSign(text, i + 1);
      i = afterDigits(text, exponent);
      return i == text.length() && i > exponent;
    }
    return i == text.length();
  }

  private static int afterSign(String text, int i) {
    return i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-') ? i + 1 : i;
  }

  private static int afterDigits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
