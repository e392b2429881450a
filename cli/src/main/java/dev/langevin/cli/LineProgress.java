package dev.langevin.cli;

import dev.langevin.app.Progress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A plain line every few seconds: {@code sampling: 1200/8000 draws, 15 %, 400 draws/s, 17 s left}. Short work leaves none. */
final class LineProgress implements Progress {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(5);

  private final String what;
  private final long total;
  private final String unit;
  private final Consumer<String> lines;
  private final LongSupplier clock;
  private final long start;
  private long next;
  private long most;
  private String note = "";

  /** The clock tells nanoseconds; handed in so that tests need not wait. */
  LineProgress(String what, long total, String unit, Consumer<String> lines, LongSupplier clock) {
    this.what = what;
    this.total = total;
    this.unit = unit;
    this.lines = lines;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.next = start + EVERY;
  }

  @Override
  public synchronized void advanceTo(long done) {
    most = Math.max(most, done);
    long now = clock.getAsLong();
    if (now - next >= 0) {
      next = now + EVERY;
      lines.accept(say((now - start) * 1e-9));
    }
  }

  private String say(double seconds) {
    String text = what + ": " + new Pace(total, unit, most, seconds).text();
    return note.isEmpty() ? text : text + ", " + note;
  }

  @Override
  public synchronized void note(String text) {
    note = text;
  }

  @Override
  public void close() {}
}
