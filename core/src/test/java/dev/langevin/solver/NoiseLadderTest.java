package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NoiseLadderTest {
  private static final double CIFAR = StrictMath.pow(5000, 1.0 / 231); // 50 … 0.01 in 232 levels

  /** CIFAR-10's own settings: .567 and 1.056. */
  @Test
  void the_papers_settings_keep_its_rules() {
    assertThat(NoiseLadder.overlap(3072, CIFAR)).isCloseTo(0.567, within(5e-4));
    AnnealedLangevin tuned = NoiseLadder.tuned(5, CIFAR);
    assertThat(tuned.expansion(CIFAR)).isCloseTo(1.056, within(1e-3));
    assertThat(tuned.relativeStep()).isCloseTo(2 * 6.2e-6 / 1e-4, within(0.002));
  }

  @Test
  void the_ratio_has_an_overlap_of_a_half() {
    for (int d : new int[] {5, 20, 784, 3072, 1_000_000}) {
      assertThat(NoiseLadder.overlap(d, NoiseLadder.ratio(d))).isCloseTo(0.5, within(1e-9));
    }
    assertThat(NoiseLadder.ratio(4)).isInfinite();
    assertThat(NoiseLadder.levels(0.01, 50, CIFAR * (1 + 1e-12))).isEqualTo(232);
    assertThat(NoiseLadder.levels(1, 8, 2.5)).isEqualTo(4);
  }

  @Test
  void the_tuned_step_is_the_best() {
    for (int repeats : new int[] {1, 3, 10}) {
      AnnealedLangevin tuned = NoiseLadder.tuned(repeats, 1.3);
      for (double factor : new double[] {0.9, 1.1}) {
        AnnealedLangevin other = new AnnealedLangevin(repeats, factor * tuned.relativeStep(), true);
        assertThat(other.expansion(1.3)).isGreaterThan(tuned.expansion(1.3));
      }
    }
  }

  @Test
  void the_largest_distance_is_that_of_the_farthest_pair() {
    double[] rows = {0, 0, 1, 1, -3, 1, 0.5, 0};
    assertThat(NoiseLadder.largestDistance(rows, 4, 2)).isEqualTo(4);
    assertThatThrownBy(() -> NoiseLadder.largestDistance(rows, 1, 2))
        .hasMessage("rows must be at least 2, got 1");
    assertThatThrownBy(() -> NoiseLadder.levels(1, 8, 1))
        .hasMessageContaining("gamma must be above");
  }

  @Test
  void a_generation_follows_all_rules() {
    Generation recipe = NoiseLadder.generation(100, 3, 0.1, 30);
    AnnealedLangevin solver = (AnnealedLangevin) recipe.solver();
    double[] levels = solver.levels(recipe.grid());
    assertThat(solver.repeats()).isEqualTo(3);
    assertThat(recipe.steps() % 3).isZero();
    double gamma = levels[0] / levels[1];
    assertThat(NoiseLadder.overlap(100, gamma)).isGreaterThan(0.45);
    assertThat(solver.expansion(gamma)).isLessThan(gamma * gamma);
  }
}
