package dev.langevin.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A console that keeps what it is told, and that can stop or kill a job at a given step; several threads may tell it. */
class Recorder implements Console {
  /** What a process feels of kill -9: nothing runs after it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  final List<String> lines = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  final AtomicLong progressed = new AtomicLong();
  private long stopAt = Long.MAX_VALUE;
  private long killAt = Long.MAX_VALUE;

  /** Says "stop" once so many units are done. */
  Recorder stoppingAt(long units) {
    stopAt = units;
    return this;
  }

  /** Dies once so many units are done. */
  Recorder dyingAt(long units) {
    killAt = units;
    return this;
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
        if (done >= killAt) {
          throw new Killed();
        }
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
