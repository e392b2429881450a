package dev.langevin.cli;

/** Durations for people. */
final class Remaining {
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  private Remaining() {}

  /** {@code "17 s"}, {@code "3 min 20 s"}, {@code "2 h 5 min"}. */
  static String text(double seconds) {
    long whole = (long) Math.ceil(seconds);
    if (whole < 100) {
      return whole + " s";
    }
    if (whole < HOUR) {
      return whole / MINUTE + " min " + whole % MINUTE + " s";
    }
    return whole / HOUR + " h " + whole % HOUR / MINUTE + " min";
  }
}
