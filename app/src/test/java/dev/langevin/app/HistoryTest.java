package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.io.Json;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static void run(History history, long from, long to) {
    for (long step = from; step <= to; step++) {
      history.add(1.0 / step);
      if (history.isDue(step)) {
        history.enter(step, OptionalDouble.of(2.0 / step));
      }
    }
  }

  @Test
  void aRunThatWasStoppedAnywhereGoesOnAsIfItHadNot() {
    History whole = new History();
    run(whole, 1, 200);
    for (long stop : new long[] {1, 9, 10, 11, 57, 199}) {
      History first = new History();
      run(first, 1, stop);
      History second =
          History.from(new Fields("file", Json.parse("file", Json.line(first.toMap()))));
      run(second, stop + 1, 200);
      assertThat(second.toMap()).isEqualTo(whole.toMap());
    }
  }

  @Test
  void entriesStandFurtherAndFurtherApart() {
    History history = new History();
    run(history, 1, 10_000);
    assertThat(history.entries()).extracting(History.Entry::step).startsWith(10L, 12L, 15L, 18L);
    assertThat(history.entries().size()).isLessThan(50);
  }

  @Test
  void tellsWhenTheHeldOutLossHasRisenAgain() {
    History history = new History();
    double[] losses = {1, 0.5, 0.4, 0.41};
    for (int i = 0; i < losses.length; i++) {
      history.add(0.3);
      history.enter(10 * (i + 1), OptionalDouble.of(losses[i]));
    }
    assertThat(history.bestIfPassed()).isEmpty();
    history.add(0.2);
    history.enter(100, OptionalDouble.of(0.45));
    assertThat(history.bestIfPassed()).get().extracting(History.Entry::step).isEqualTo(30L);
  }

  @Test
  void doesWithoutHeldOutRows() {
    History history = new History();
    history.add(0.25);
    history.enter(10, OptionalDouble.empty());
    History again =
        History.from(new Fields("file", Json.parse("file", Json.line(history.toMap()))));
    assertThat(again.summary()).isEqualTo("loss 0.2500");
    assertThat(again.latest()).isEqualTo(0.25);
    assertThat(again.bestIfPassed()).isEmpty();
  }
}
