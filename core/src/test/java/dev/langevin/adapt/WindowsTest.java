package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
  @Test
  void aThousandIterationsAreStans() {
    Windows windows = Windows.of(1000);
    assertThat(windows.first()).isEqualTo(75);
    assertThat(windows.ends()).containsExactly(100, 150, 250, 450, 950);
    assertThat(windows.contains(74)).isFalse();
    assertThat(windows.contains(75)).isTrue();
    assertThat(windows.contains(949)).isTrue();
    assertThat(windows.contains(950)).isFalse();
    assertThat(windows.endsWith(99)).isTrue();
    assertThat(windows.endsWith(100)).isFalse();
    assertThat(windows.endsWith(949)).isTrue();
  }

  @Test
  void theLastWindowTakesWhatIsLeft() {
    assertThat(Windows.of(500).ends()).containsExactly(100, 150, 250, 450);
    assertThat(Windows.of(499).ends()).containsExactly(100, 150, 449);
    assertThat(Windows.of(2000).ends()).containsExactly(100, 150, 250, 450, 850, 1950);
    assertThat(Windows.of(200).ends()).containsExactly(100, 150);
    assertThat(Windows.of(160).ends()).containsExactly(110);
    assertThat(Windows.of(150)).isEqualTo(new Windows(150, 75, List.of(100)));
  }

  @Test
  void shortWarmupsAreDividedInThree() {
    assertThat(Windows.of(149)).isEqualTo(new Windows(149, 22, List.of(135)));
    assertThat(Windows.of(100)).isEqualTo(new Windows(100, 15, List.of(90)));
    assertThat(Windows.of(20)).isEqualTo(new Windows(20, 3, List.of(18)));
  }

  @Test
  void veryShortOnesHaveNoWindow() {
    for (int warmup : new int[] {0, 1, 19}) {
      Windows windows = Windows.of(warmup);
      assertThat(windows.ends()).isEmpty();
      assertThat(windows.contains(warmup)).isFalse();
      assertThat(windows.contains(0)).isFalse();
    }
  }

  @Test
  void everyLengthHasWindowsInOrderThatEndBeforeTheEnd() {
    for (int warmup = 20; warmup < 3000; warmup++) {
      Windows windows = Windows.of(warmup); // the constructor checks the order
      int last = windows.ends().get(windows.ends().size() - 1);
      assertThat(last).isLessThan(warmup);
      assertThat(windows.ends().get(0) - windows.first()).isGreaterThanOrEqualTo(15);
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> Windows.of(-1)).hasMessage("warmup must be at least 0, got -1");
    assertThatThrownBy(() -> new Windows(10, 2, List.of(5, 5)))
        .hasMessage("end of a window must be between 6 and 10, got 5");
  }
}
