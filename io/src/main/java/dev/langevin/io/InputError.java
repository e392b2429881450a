package dev.langevin.io;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Something that the user gave does not work: a file, a flag, a column, a place to write to. One line says where, what, and what to
 * do; the command line prints it without a trace and exits with 2.
 *
 * <p>The place is a path, {@code path:line} or {@code path:line:field} for text files (both counted from 1), {@code
 * path[row, column]} for arrays (counted from 0, as their own tools count), or a flag.
 */
public final class InputError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final String problem;
  private final String remedy;

  /** An error whose message is {@code place: problem. remedy.} */
  public InputError(String place, String problem, String remedy) {
    super(sentence(place, problem, remedy));
    this.place = place;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The same, with what led to it, for those who debug. */
  public InputError(String place, String problem, String remedy, Throwable cause) {
    this(place, problem, remedy);
    initCause(cause);
  }

  InputError(Path place, String problem, String remedy) {
    this(place.toString(), problem, remedy);
  }

  /** {@code place: problem. remedy.} on one line. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Where: a path, {@code path:line:field}, or a flag. */
  public String place() {
    return place;
  }

  /** What is wrong there, a clause without a full stop. */
  public String problem() {
    return problem;
  }

  /** What to do about it, a clause without a full stop. */
  public String remedy() {
    return remedy;
  }

  private static String sentence(String place, String problem, String remedy) {
    String line = oneLine(place) + ": " + withStop(oneLine(problem));
    return remedy.isEmpty() ? line : line + " " + withStop(capitalised(oneLine(remedy)));
  }

  private static String withStop(String clause) {
    return clause.endsWith(".") || clause.endsWith("?") || clause.endsWith("!")
        ? clause
        : clause + ".";
  }

  private static String capitalised(String clause) {
    return clause.isEmpty()
        ? clause
        : clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
  }

  /** Line breaks and other control characters, which a hostile file may put into a name, become visible. */
  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? '\uFFFD' : c);
    }
    return line.toString();
  }
}
