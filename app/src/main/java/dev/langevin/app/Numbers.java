package dev.langevin.app;

import java.util.Locale;

/** Numbers for people: as many digits as mean something. */
public final class Numbers {
  private static final double LARGE = 1e7;
  private static final double SMALL = 1e-4;
  private static final int MOST_DECIMALS = 6;

  private Numbers() {}

  /** Decimals so that {@code error} shows two digits: 0 to 6. */
  public static int decimals(double error) {
    if (!(error > 0) || Double.isInfinite(error)) {
      return 3;
    }
    int decimals = 1 - (int) Math.floor(Math.log10(error));
    return Math.max(0, Math.min(MOST_DECIMALS, decimals));
  }

  /** {@code value} with so many decimals; scientific where that would be unreadable; {@code -} for NaN. */
  public static String fixed(double value, int decimals) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size >= LARGE || (size > 0 && size < SMALL && decimals >= MOST_DECIMALS)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }

  /** {@code value} with about three digits: {@code 0.0123}, {@code 4.56}, {@code 789}, {@code 12345}. */
  public static String brief(double value) {
    double size = Math.abs(value);
    if (size == 0 || Double.isNaN(value)) {
      return fixed(value, 0);
    }
    return fixed(
        value, Math.max(0, Math.min(MOST_DECIMALS, 2 - (int) Math.floor(Math.log10(size)))));
  }

  /** A whole number; {@code -} for NaN. */
  public static String whole(double value) {
    return fixed(value, 0);
  }

  /** {@code 0.8 s}, {@code 42 s}, {@code 3 min 20 s}. */
  public static String seconds(double seconds) {
    if (seconds < 10) {
      return fixed(seconds, 1) + " s";
    }
    long rounded = Math.round(seconds);
    return rounded < 120 ? rounded + " s" : rounded / 60 + " min " + rounded % 60 + " s";
  }
}
