package dev.langevin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {
  private final List<String> lines = new ArrayList<>();
  private final AtomicLong seconds = new AtomicLong();

  private LineProgress progress(long total) {
    return new LineProgress(
        "sampling", total, "draws", lines::add, () -> seconds.get() * 1_000_000_000L);
  }

  @Test
  void short_work_leaves_no_line() {
    LineProgress progress = progress(100);
    seconds.set(4);
    progress.advanceTo(100);
    progress.close();
    assertThat(lines).isEmpty();
  }

  @Test
  void a_line_every_five_seconds_says_rate_and_remaining_time() {
    LineProgress progress = progress(8000);
    for (int second = 1; second <= 11; second++) {
      seconds.set(second);
      progress.advanceTo(100L * second);
    }
    assertThat(lines)
        .containsExactly(
            "sampling: 500/8000 draws, 6 %, 100 draws/s, 75 s left",
            "sampling: 1000/8000 draws, 12 %, 100 draws/s, 70 s left");
  }

  @Test
  void progress_does_not_go_back_and_carries_a_note() {
    LineProgress progress = progress(1000);
    progress.note("loss 0.25");
    progress.advanceTo(20);
    seconds.set(5);
    progress.advanceTo(10);
    assertThat(lines)
        .containsExactly("sampling: 20/1000 draws, 2 %, 4.0 draws/s, 4 min 5 s left, loss 0.25");
  }

  @Test
  void an_unknown_end_has_no_percentage() {
    LineProgress progress = progress(-1);
    seconds.set(10);
    progress.advanceTo(1000);
    assertThat(lines).containsExactly("sampling: 1000 draws, 100 draws/s");
  }
}
