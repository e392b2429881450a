package dev.langevin.cli;

import dev.langevin.app.Progress;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/** A bar with rate and remaining time that rewrites its own line, and is gone when done. */
final class BarProgress implements Progress {
  private static final int WIDTH = 79;
  private static final int EVERY_MILLIS = 200;
  private static final int CELLS = 12;
  private static final double MILLI = 1e-3;

  private final PrintStream stream;
  private final Runnable ended;
  private final String unit;
  private final ProgressBar bar;
  private final AtomicLong most = new AtomicLong();

  BarProgress(String what, long total, String unit, PrintStream stream, Runnable ended) {
    this.stream = stream;
    this.ended = ended;
    this.unit = unit;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(total)
            .setUpdateIntervalMillis(EVERY_MILLIS)
            .setRenderer(this::render)
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
            .build();
  }

  private String render(ProgressState state, int width) {
    Pace pace =
        new Pace(
            state.getMax(),
            unit,
            state.getCurrent(),
            MILLI * state.getElapsedAfterStart().toMillis());
    int full = CELLS * pace.percent() / 100;
    String cells = "=".repeat(full) + " ".repeat(CELLS - full);
    String bar = pace.total() > 0 ? " [" + cells + "] " : " ";
    String note = state.getExtraMessage().isEmpty() ? "" : ", " + state.getExtraMessage();
    String line = state.getTaskName() + bar + pace.text() + note;
    return line.length() > width
        ? line.substring(0, width)
        : line + " ".repeat(width - line.length());
  }

  private void draw(String text) {
    stream.print("\r" + text);
    stream.flush();
  }

  /** Clears the bar's line; the bar comes back by itself at its next beat. */
  void makeRoom() {
    draw(" ".repeat(WIDTH) + "\r");
  }

  @Override
  public void advanceTo(long done) {
    if (done > most.getAndAccumulate(done, Math::max)) {
      bar.stepTo(done);
    }
  }

  @Override
  public void note(String text) {
    bar.setExtraMessage(text);
  }

  @Override
  public void close() {
    bar.close();
    makeRoom();
    ended.run();
  }
}
