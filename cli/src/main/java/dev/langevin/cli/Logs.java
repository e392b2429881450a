package dev.langevin.cli;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Shows what libraries log, as lines on the console: warnings and worse; everything in verbose mode; errors only in quiet mode. */
public final class Logs extends System.LoggerFinder {
  private static volatile @Nullable StreamConsole console;
  private static volatile System.Logger.Level threshold = System.Logger.Level.WARNING;

  /** Called by the service loader. */
  public Logs() {}

  static void showOn(StreamConsole shown, boolean verbose, boolean quiet) {
    console = shown;
    threshold =
        verbose
            ? System.Logger.Level.DEBUG
            : quiet ? System.Logger.Level.ERROR : System.Logger.Level.WARNING;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Log(name);
  }

  private record Log(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      // The platform's own classes are chatty below a warning.
      boolean ours = name.startsWith("dev.langevin");
      return level.getSeverity() >= (ours ? threshold : atLeastWarning()).getSeverity();
    }

    private static Level atLeastWarning() {
      return threshold == Level.ERROR ? Level.ERROR : Level.WARNING;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String text,
        @Nullable Throwable thrown) {
      StreamConsole shown = console;
      if (shown != null && isLoggable(level)) {
        String cause = thrown == null ? "" : " (" + thrown + ")";
        shown.log(level, text + cause);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object... values) {
      if (isLoggable(level)) {
        boolean plain = values == null || values.length == 0 || format == null;
        log(level, bundle, plain ? format : MessageFormat.format(format, values), (Throwable) null);
      }
    }
  }
}
