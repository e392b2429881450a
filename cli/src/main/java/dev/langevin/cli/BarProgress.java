package dev.langevin.cli;

import dev.langevin.app.Progress;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and remaining time that rewrites its own line, and is gone when done. */
final class BarProgress implements Progress {
  private static final int WIDTH = 79;
  private static final int EVERY_MILLIS = 200;

  private final PrintStream stream;
  private final Runnable ended;
  private final ProgressBar bar;
  private final AtomicLong most = new AtomicLong();

  BarProgress(String what, long total, String unit, PrintStream stream, Runnable ended) {
    this.stream = stream;
    this.ended = ended;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(total)
            .setUnit(" " + unit, 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(EVERY_MILLIS)
            .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
            .build();
  }

  private void draw(String text) {
    stream.print("\r" + text);
    stream.flush();
  }

  /** Clears the bar's line; the bar comes back by itself at its next beat. */
  void makeRoom() {
    stream.print("\r" + " ".repeat(WIDTH) + "\r");
  }

  @Override
  public void advanceTo(long done) {
    if (done > most.getAndAccumulate(done, Math::max)) {
      bar.stepTo(done);
    }
  }

  @Override
  public void note(String text) {
    bar.setExtraMessage(" " + text);
  }

  @Override
  public void close() {
    bar.close();
    makeRoom();
    stream.flush();
    ended.run();
  }
}
