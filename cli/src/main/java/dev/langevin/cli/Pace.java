package dev.langevin.cli;

import java.util.Locale;

/**
 * How far something is, in words.
 *
 * @param total units until the end; not positive where it is not known
 * @param unit the unit's plural
 * @param done units done
 * @param seconds time since the start
 */
record Pace(long total, String unit, long done, double seconds) {
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  /** {@code 1200/8000 draws, 15 %, 400 draws/s, 17 s left}. */
  String text() {
    boolean known = total > 0;
    String count =
        known ? "%d/%d %s, %d %%".formatted(done, total, unit, percent()) : done + " " + unit;
    if (done <= 0 || seconds <= 0) {
      return count;
    }
    double rate = done / seconds;
    String digits = rate >= 10 ? "%.0f" : "%.1f";
    String speed = ", " + String.format(Locale.ROOT, digits, rate) + " " + unit + "/s";
    return count + speed + (known ? ", " + spoken((total - done) / rate) + " left" : "");
  }

  int percent() {
    return total > 0 ? (int) (100 * done / total) : 0;
  }

  /** {@code "17 s"}, {@code "3 min 20 s"}, {@code "2 h 5 min"}. */
  static String spoken(double seconds) {
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
