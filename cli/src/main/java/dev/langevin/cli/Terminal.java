package dev.langevin.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Where output goes.
 *
 * @param out results
 * @param err all else
 * @param cancelled whether the user wants to stop
 */
record Terminal(PrintStream out, PrintStream err, BooleanSupplier cancelled) {
  StreamConsole console(Verbosity verbosity) {
    return new StreamConsole(out, err, err.equals(System.err) && seen(), verbosity, cancelled);
  }

  /** Whether a person watches standard error on a terminal that can move its cursor. */
  private static boolean seen() {
    if ("dumb".equals(System.getenv("TERM")) || System.getenv("CI") != null) {
      return false;
    }
    Path descriptor = Path.of("/proc/self/fd/2");
    if (Files.exists(descriptor)) {
      return onTerminal(descriptor);
    }
    return System.console() != null;
  }

  private static boolean onTerminal(Path descriptor) {
    try {
      String device = Files.readSymbolicLink(descriptor).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }
}
