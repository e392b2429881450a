package dev.langevin.cli;

import dev.langevin.app.Console;
import dev.langevin.app.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Results to one stream, all else to another. While a bar is on the terminal, a line that comes in between takes its place and the
 * bar goes on below.
 */
final class StreamConsole implements Console {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final Verbosity verbosity;
  private final BooleanSupplier cancelled;
  private @Nullable BarProgress bar;

  StreamConsole(
      PrintStream out,
      PrintStream err,
      boolean terminal,
      Verbosity verbosity,
      BooleanSupplier cancelled) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.verbosity = verbosity;
    this.cancelled = cancelled;
  }

  @Override
  public void line(String text) {
    print(out, text);
  }

  @Override
  public void detail(String text) {
    if (verbosity == Verbosity.VERBOSE) {
      print(err, text);
    }
  }

  @Override
  public void warn(String text) {
    print(err, "warning: " + text);
  }

  @Override
  public void error(String text) {
    print(err, "error: " + text);
  }

  @Override
  public Progress progress(String what, long total, String unit) {
    if (verbosity == Verbosity.QUIET) {
      return Progress.NONE;
    }
    if (!terminal) {
      return new LineProgress(what, total, unit, text -> print(err, text), System::nanoTime);
    }
    BarProgress started = new BarProgress(what, total, unit, err, this::ended);
    synchronized (this) {
      bar = started;
    }
    return started;
  }

  /** A line of a library's log. */
  void log(System.Logger.Level level, String text) {
    boolean grave = level.getSeverity() >= System.Logger.Level.WARNING.getSeverity();
    print(err, (grave ? level.name().toLowerCase(Locale.ROOT) : "log") + ": " + text);
  }

  private synchronized void ended() {
    bar = null;
  }

  private synchronized void print(PrintStream stream, String text) {
    if (bar != null) {
      bar.makeRoom();
    }
    stream.println(text);
    stream.flush();
  }

  @Override
  public boolean cancelled() {
    return cancelled.getAsBoolean();
  }
}
