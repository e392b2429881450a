package dev.langevin.cli;

import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears Ctrl-C (and a polite kill). The first asks the job to stop at its next step and keep what is done; the second ends the process
 * at once.
 *
 * <p>A shutdown hook would not do: once the machine shuts down, a second Ctrl-C is not heard. The class for signals is in {@code
 * jdk.unsupported} and draws a warning from the compiler, hence reflection; where it is missing Ctrl-C ends the process as usual.
 */
final class Interrupts {
  private static final int INTERRUPTED = 130;

  private final AtomicInteger count = new AtomicInteger();
  private final PrintStream err;

  private Interrupts(PrintStream err) {
    this.err = err;
  }

  static Interrupts listen(PrintStream err) {
    Interrupts interrupts = new Interrupts(err);
    interrupts.hear("INT");
    interrupts.hear("TERM");
    return interrupts;
  }

  /** Whether there was one. */
  boolean heard() {
    return count.get() > 0;
  }

  private void hear(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> {
                if (method.getName().equals("handle")) {
                  stop();
                }
                return null;
              });
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, wanted, proxy);
    } catch (ReflectiveOperationException absent) {
      System.getLogger("dev.langevin.cli")
          .log(System.Logger.Level.DEBUG, "signals cannot be heard", absent);
    }
  }

  private void stop() {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    err.println();
    err.println("Stopping at the next step; what is done will be kept. Ctrl-C again ends at once.");
  }
}
