package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EqualErrorTest {
  /** The function is 0, 1, 4 at σ = 8, 2, 1. */
  private static final EqualError SPACING =
      new EqualError(new double[] {8, 2, 1}, new double[] {0, 1, 4});

  @Test
  void steps_of_the_function_are_equal() {
    double[] sigmas = SPACING.levels(5, 1, 8).times();
    assertThat(sigmas)
        .containsExactly(
            new double[] {8, 2, Math.pow(2, 2 / 3.0), Math.pow(2, 1 / 3.0), 1, 0}, within(1e-12));
  }

  @Test
  void an_even_function_is_uniform_in_the_logarithm() {
    EqualError even = new EqualError(new double[] {80, 0.002}, new double[] {1, 3});
    double[] sigmas = even.levels(7, 0.01, 20).times();
    assertThat(sigmas).containsExactly(TimeGrid.exponential(7, 0.01, 20).times(), within(1e-9));
    assertThat(even.levels(1, 0.01, 20).times()).containsExactly(20, 0);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> SPACING.levels(3, 0.5, 8))
        .hasMessageContaining("sigma must lie between 1.0 and 8.0, got 0.5");
    assertThatThrownBy(() -> new EqualError(new double[] {2, 1}, new double[] {0, 0}))
        .hasMessageContaining("reached must rise");
  }
}
