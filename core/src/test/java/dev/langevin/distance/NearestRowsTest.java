package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

class NearestRowsTest {
  private static final Seed SEED = Seed.of(193);

  /** More than two blocks of rows, the last one not full, and an odd number of columns. */
  @Test
  void findsWhatTheSearchOfAllPairsOneByOneFinds() {
    int d = 7;
    double[] x = Samples.normal(40, d, SEED.child("x"));
    double[] y = Samples.normal(601, d, SEED.child("y"));
    NearestRows found = NearestRows.of(x, 3, 40, y, d);
    assertThat(found.rows()).hasSize(37);
    for (int i = 3; i < 40; i++) {
      int best = 0;
      for (int j = 1; j < 601; j++) {
        best = square(x, i, y, j, d) < square(x, i, y, best, d) ? j : best;
      }
      assertThat(found.rows()[i - 3]).isEqualTo(best);
      assertThat(found.squares()[i - 3]).isCloseTo(square(x, i, y, best, d), within(1e-13));
    }
  }

  private static double square(double[] x, int i, double[] y, int j, int d) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      double gap = x[i * d + k] - y[j * d + k];
      sum += gap * gap;
    }
    return sum;
  }

  @Test
  void equalRowsHaveDistanceZeroAndTheFirstOfEqualsWins() {
    double[] y = Samples.normal(700, 5, SEED.child("y"));
    System.arraycopy(y, 300 * 5, y, 650 * 5, 5); // in another block
    NearestRows found = NearestRows.of(y, 640, 660, y, 5);
    assertThat(found.squares()).containsOnly(0);
    assertThat(found.rows()[9]).isEqualTo(649);
    assertThat(found.rows()[10]).isEqualTo(300);
  }

  @Test
  void refusesRowsThatAreNoNumbers() {
    double[] bad = {0, Double.NaN};
    assertThatThrownBy(() -> NearestRows.of(new double[] {1, 2}, 0, 1, bad, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("y");
  }
}
