package dev.langevin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.app.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private StreamConsole console(boolean terminal, Verbosity verbosity) {
    return new StreamConsole(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        verbosity,
        () -> false);
  }

  @Test
  void results_go_out_and_all_else_to_the_side() {
    StreamConsole console = console(false, Verbosity.NORMAL);
    console.line("result");
    console.warn("careful");
    console.error("wrong");
    console.detail("not shown");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("result\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("warning: careful\nerror: wrong\n");
  }

  @Test
  void a_bar_shows_rate_and_leaves_its_line_empty() throws InterruptedException {
    StreamConsole console = console(true, Verbosity.NORMAL);
    try (Progress progress = console.progress("sampling", 1000, "draws")) {
      progress.advanceTo(400);
      progress.note("loss 0.5");
      Thread.sleep(500);
      console.warn("in between");
    }
    String shown = err.toString(StandardCharsets.UTF_8);
    assertThat(shown)
        .contains("sampling", "40 %", "400/1000 draws", "loss 0.5", "warning: in between");
    assertThat(shown).doesNotContain("\u001b").endsWith(" \r");
    assertThat(out.size()).isZero();
  }

  @Test
  void no_progress_is_shown_to_the_quiet() {
    assertThat(console(true, Verbosity.QUIET).progress("x", 1, "y")).isSameAs(Progress.NONE);
  }

  @Test
  void library_messages_become_lines() {
    Logs.showOn(console(false, Verbosity.NORMAL), false, false);
    System.Logger log = new Logs().getLogger("dev.langevin.test", Logs.class.getModule());
    log.log(System.Logger.Level.WARNING, "it is {0}", "late");
    log.log(System.Logger.Level.INFO, "not shown");
    log.log(System.Logger.Level.ERROR, "no {braces", new IllegalStateException("bad"));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            "warning: it is late\nerror: no {braces (java.lang.IllegalStateException: bad)\n");
  }
}
