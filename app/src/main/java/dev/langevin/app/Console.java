package dev.langevin.app;

/**
 * Where a job speaks to its user, and hears that the user wants it to stop. Results go out through {@link #line} and {@link
 * #table}; everything else (warnings, errors, progress) stays apart from them, so that results can be piped.
 */
public interface Console {
  /** One line of the result. */
  void line(String text);

  /** A line for those who asked for more; shown in verbose mode only. */
  void detail(String text);

  /** Something that the user should know, and that does not stop the job; one line. */
  void warn(String text);

  /** Why the job failed; one line. */
  void error(String text);

  /** A table of the result. */
  default void table(Table table) {
    table.lines().forEach(this::line);
  }

  /**
   * Starts to show how far something is. On a terminal a bar with rate and remaining time, elsewhere a plain line now and then.
   *
   * @param what a noun for what is under way, {@code "sampling"}
   * @param total the number of units until the end, positive; -1 where it is not known
   * @param unit the unit's plural, {@code "draws"}
   */
  Progress progress(String what, long total, String unit);

  /** Whether the user wants the job to stop; cheap, may be asked by any thread. Once true, stays true. */
  boolean cancelled();

  /** A console that shows nothing and is never cancelled. */
  static Console silent() {
    return new SilentConsole();
  }
}
