package dev.langevin.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what was said, and can be told to want a stop once progress has come so far. */
class RecordingConsole implements Console {
  final List<String> lines = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  final AtomicLong progressed = new AtomicLong();
  private final long stopAt;

  RecordingConsole() {
    this(Long.MAX_VALUE);
  }

  RecordingConsole(long stopAt) {
    this.stopAt = stopAt;
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void line(String text) {
    lines.add(text);
  }

  @Override
  public void detail(String text) {}

  @Override
  public void warn(String text) {
    warnings.add(text);
  }

  @Override
  public void error(String text) {
    errors.add(text);
  }

  @Override
  public Progress progress(String what, long total, String unit) {
    return new Progress() {
      @Override
      public void advanceTo(long done) {
        progressed.accumulateAndGet(done, Math::max);
      }

      @Override
      public void note(String text) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public boolean cancelled() {
    return progressed.get() >= stopAt;
  }
}
