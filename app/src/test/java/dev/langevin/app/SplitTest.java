package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void everyRowIsOnOneSide() {
    Split split = Split.of(1797, 0.1);
    assertThat(split.heldOut()).hasSize(180);
    assertThat(IntStream.concat(IntStream.of(split.training()), IntStream.of(split.heldOut())))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1797).boxed().toList());
  }

  @Test
  void aLargerFractionHoldsOutTheRowsOfASmallerOneAndMore() {
    int[] few = Split.of(500, 0.05).heldOut();
    int[] many = Split.of(500, 0.3).heldOut();
    assertThat(many).contains(few);
  }

  @Test
  void rowsAreHeldOutFromAllOverTheFile() {
    // Mean rank of 500 of 5000 rows without replacement: 2499.5 ± 61; 5 standard errors, false
    // alarms 6e-7.
    double mean = IntStream.of(Split.of(5000, 0.1).heldOut()).average().orElseThrow();
    assertThat(mean).isBetween(2499.5 - 5 * 61, 2499.5 + 5 * 61);
  }

  @Test
  void nothingMayBeHeldOutAndOneRowIsAlwaysLeftToLearnFrom() {
    assertThat(Split.of(7, 0).heldOut()).isEmpty();
    assertThat(Split.of(2, 0.99).training()).hasSize(1);
    assertThat(Split.of(1, 0.5).training()).hasSize(1);
  }
}
