package dev.langevin.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankHistogramTest {
  @Test
  void interleaved_chains_have_level_bars() {
    double[][] x = {{0, 2, 4, 6}, {1, 3, 5, 7}};
    assertThat(RankHistogram.counts(x, 4)).isDeepEqualTo(new int[][] {{1, 1, 1, 1}, {1, 1, 1, 1}});
  }

  @Test
  void a_chain_that_sits_above_leans_to_the_right() {
    double[][] x = {{3, 1, 2, 0}, {13, 11, 12, 10}};
    assertThat(RankHistogram.counts(x, 2)).isDeepEqualTo(new int[][] {{4, 0}, {0, 4}});
  }

  @Test
  void every_draw_is_counted_once() {
    double[][] x = {{5, 5, 5}, {5, Double.NaN, 5}, {1, 2, 3}};
    int sum = 0;
    for (int[] chain : RankHistogram.counts(x, 20)) {
      for (int count : chain) {
        sum += count;
      }
    }
    assertThat(sum).isEqualTo(9);
  }
}
