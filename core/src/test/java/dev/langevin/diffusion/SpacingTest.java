package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Timesteps.Between;
import dev.langevin.diffusion.Timesteps.Rule;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpacingTest {
  private static final DiscreteSchedule LINEAR = DiscreteSchedule.linear();

  static java.util.List<Spacing> menu() {
    return Spacing.menu();
  }

  @ParameterizedTest
  @MethodSource("menu")
  void levels_have_the_asked_ends_and_number(Spacing spacing) {
    for (int steps : new int[] {1, 2, 30}) {
      TimeGrid grid = spacing.levels(steps, 0.02, 40);
      assertThat(grid.steps()).isEqualTo(steps);
      assertThat(grid.time(0)).isEqualTo(40);
      assertThat(grid.time(steps)).isZero();
      if (steps > 1) {
        assertThat(grid.time(steps - 1)).isEqualTo(0.02);
      }
    }
    assertThat(Spacing.menu().stream().map(Spacing::name)).doesNotHaveDuplicates();
  }

  @Test
  void uniform_and_quadratic_time_are_what_they_are_called() {
    Noising ou = new OrnsteinUhlenbeck();
    double[] uniform = new Spacing.UniformTime(ou).levels(20, 0.02, 40).onClockOf(ou).times();
    double[] quadratic = new Spacing.QuadraticTime(ou).levels(20, 0.02, 40).onClockOf(ou).times();
    for (int k = 1; k < 19; k++) {
      assertThat(uniform[k - 1] - uniform[k]).isCloseTo(uniform[0] - uniform[1], within(1e-13));
      assertThat(Math.sqrt(quadratic[k - 1]) - Math.sqrt(quadratic[k]))
          .isCloseTo(Math.sqrt(quadratic[0]) - Math.sqrt(quadratic[1]), within(1e-13));
    }
  }

  @Test
  void listed_levels_are_the_list() {
    Spacing listed = new Spacing.Listed(new TimeGrid(new double[] {9, 3, 0.5, 0}));
    assertThat(listed.levels(3, 1, 2).times()).containsExactly(9, 3, 0.5, 0);
    assertThatThrownBy(() -> listed.levels(4, 1, 2))
        .hasMessage("steps must be between 3 and 3, got 4");
  }

  private static double[] steps(Rule rule, int offset, boolean first, int n) {
    return new Timesteps(LINEAR, rule, offset, Between.ROUNDED, first).timesteps(n);
  }

  /** diffusion.md C.2, by hand. */
  @Test
  void timesteps_are_those_of_the_table() {
    double[] leading = IntStream.range(0, 10).mapToDouble(k -> 900 - 100.0 * k).toArray();
    assertThat(steps(Rule.LEADING, 0, true, 10)).containsExactly(leading);
    assertThat(steps(Rule.LEADING, 1, true, 3)).containsExactly(667, 334, 1);
    assertThat(steps(Rule.LEADING, 1, false, 3)).containsExactly(751, 501, 251);
    assertThat(steps(Rule.LINSPACE, 0, true, 3)).containsExactly(999, 500, 0); // 499.5, to even
    assertThat(steps(Rule.LINSPACE, 0, false, 3)).containsExactly(999, 666, 333);
    assertThat(steps(Rule.LINSPACE, 0, true, 1)).containsExactly(0);
    assertThat(steps(Rule.LINSPACE, 0, false, 1)).containsExactly(999);
    assertThat(steps(Rule.TRAILING, 0, true, 4)).containsExactly(999, 749, 499, 249);
    assertThat(steps(Rule.TRAILING, 0, false, 3)).containsExactly(999, 666, 332);
    assertThat(steps(Rule.LINSPACE, 0, true, 1000)).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(new Timesteps(LINEAR, Rule.LINSPACE).levels(1000).time(999))
        .isEqualTo(LINEAR.sigma(1));
  }

  /** The figures of diffusers' EulerDiscreteScheduler, N = 10; the last has its 32-bit error, 8·10⁻⁵. */
  @Test
  void levels_are_those_of_diffusers() {
    double[] theirs = {
      157.4073, 54.56751, 21.4175, 9.488921, 4.703334, 2.554691, 1.462357, .8219357, .3803714,
      .01000133, 0
    };
    TimeGrid grid = new Timesteps(LINEAR, Rule.LINSPACE).levels(10);
    for (int k = 0; k < 9; k++) {
      assertThat(grid.time(k) / theirs[k]).isCloseTo(1, within(2e-6)); // 1 - ᾱ of a float
    }
    assertThat(grid.time(9) / theirs[9]).isCloseTo(1, within(1e-4));
    assertThat(grid.time(10)).isZero();
  }

  @Test
  void what_is_no_whole_timestep_is_rounded_or_read_off_either_curve() {
    int n = 8; // 999/7 = 142.714…
    double at = 5 * 999 / 7.0;
    TimeGrid rounded = new Timesteps(LINEAR, Rule.LINSPACE).levels(n);
    assertThat(rounded.time(2)).isEqualTo(LINEAR.sigma(Math.rint(at) + 1));
    TimeGrid log = new Timesteps(LINEAR, Rule.LINSPACE, 0, Between.LOG_SIGMA, true).levels(n);
    assertThat(log.time(2)).isEqualTo(LINEAR.sigma(at + 1));
    TimeGrid plain = new Timesteps(LINEAR, Rule.LINSPACE, 0, Between.SIGMA, true).levels(n);
    double low = LINEAR.sigma(714);
    assertThat(plain.time(2))
        .isCloseTo(low + (at - 713) * (LINEAR.sigma(715) - low), within(1e-12))
        .isGreaterThan(log.time(2));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new Timesteps(LINEAR, Rule.TRAILING, 1, Between.ROUNDED, true))
        .hasMessage("offset must be between 0 and 0, got 1");
    assertThatThrownBy(() -> new Timesteps(LINEAR, Rule.LINSPACE).levels(1001))
        .hasMessage("steps must be between 1 and 1000, got 1001");
    Timesteps far = new Timesteps(LINEAR, Rule.LEADING, 200, Between.ROUNDED, true);
    assertThatThrownBy(() -> far.levels(10)).hasMessage("timesteps must be below 1000, got 1100.0");
  }
}
