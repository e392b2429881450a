package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimeGridTest {
  @Test
  void karras_levels_have_equally_spaced_roots_and_exact_ends() {
    for (double rho : new double[] {1, 3, 7, 20}) {
      double[] sigma = TimeGrid.karras(18, 0.002, 80, rho).times();
      assertThat(sigma).hasSize(19);
      assertThat(sigma[0]).isEqualTo(80.0);
      assertThat(sigma[17]).isEqualTo(0.002);
      assertThat(sigma[18]).isZero();
      double gap = (Math.pow(80, 1 / rho) - Math.pow(0.002, 1 / rho)) / 17;
      for (int i = 0; i < 17; i++) {
        assertThat(Math.pow(sigma[i], 1 / rho) - Math.pow(sigma[i + 1], 1 / rho))
            .isCloseTo(gap, within(1e-13 * Math.pow(80, 1 / rho)));
      }
    }
  }

  /** The start of EDM's own 18-step grid, worked out from the paper's eq. 5 in 30 digits. */
  @Test
  void edm_has_these_levels() {
    double[] sigma = TimeGrid.karras(18, 0.002, 80, 7).times();
    assertThat(sigma[1]).isCloseTo(57.58598472124816, within(1e-12));
    assertThat(sigma[9]).isCloseTo(1.9233398370400498, within(1e-12));
    assertThat(sigma[16]).isCloseTo(0.007528019962784071, within(1e-15));
  }

  @Test
  void exponential_levels_have_a_constant_ratio_and_are_the_limit_of_karras() {
    double[] sigma = TimeGrid.exponential(11, 0.01, 100).times();
    for (int i = 0; i < 10; i++) {
      assertThat(sigma[i] / sigma[i + 1]).isCloseTo(Math.pow(10, 0.4), within(1e-13));
    }
    assertThat(sigma[10]).isEqualTo(0.01);
    assertThat(sigma[11]).isZero();
    double[] limit = TimeGrid.karras(11, 0.01, 100, 1e6).times();
    for (int i = 0; i < 11; i++) {
      assertThat(limit[i] / sigma[i]).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void uniform_times_end_where_asked() {
    assertThat(TimeGrid.uniform(4, 2, 0).times()).containsExactly(2, 1.5, 1, 0.5, 0);
    double[] early = TimeGrid.uniform(3, 1, 0.1).times();
    assertThat(early).containsExactly(new double[] {1, 0.7, 0.4, 0.1}, within(1e-15));
    assertThat(early[3]).isEqualTo(0.1);
  }

  @Test
  void few_steps_make_sense() {
    assertThat(TimeGrid.karras(1, 0.002, 80, 7).times()).containsExactly(80, 0);
    assertThat(TimeGrid.karras(2, 0.002, 80, 7).times()).containsExactly(80, 0.002, 0);
    assertThat(TimeGrid.uniform(1, 3, 1).times()).containsExactly(3, 1);
  }

  @Test
  void another_clock_keeps_the_levels() {
    Noising ou = new OrnsteinUhlenbeck();
    TimeGrid sigma = TimeGrid.karras(9, 1e-8, 1e4, 7);
    TimeGrid t = sigma.onClockOf(ou);
    assertThat(t.steps()).isEqualTo(9);
    for (int k = 0; k < 9; k++) {
      assertThat(ou.sigma(t.time(k)) / sigma.time(k)).isCloseTo(1, within(1e-13));
    }
    assertThat(t.time(9)).isZero();
  }

  @Test
  void a_grid_cannot_be_written_to() {
    double[] times = {2, 1, 0};
    TimeGrid grid = new TimeGrid(times);
    times[0] = 9;
    grid.times()[1] = 9;
    assertThat(grid).isEqualTo(new TimeGrid(new double[] {2, 1, 0}));
    assertThat(grid.hashCode()).isEqualTo(new TimeGrid(new double[] {2, 1, 0}).hashCode());
    assertThat(grid).isNotEqualTo(new TimeGrid(new double[] {2, 1}));
    assertThat(grid).hasToString("TimeGrid[2.0, 1.0, 0.0]");
  }

  @Test
  void what_is_no_grid_is_refused() {
    assertThatThrownBy(() -> new TimeGrid(new double[] {1}))
        .hasMessage("times must be two or more, got 1");
    assertThatThrownBy(() -> new TimeGrid(new double[] {1, 1}))
        .hasMessageContaining("times[0] = 1.0, times[1] = 1.0");
    assertThatThrownBy(() -> new TimeGrid(new double[] {1, -1}))
        .hasMessageContaining("not below 0");
    assertThatThrownBy(() -> new TimeGrid(new double[] {Double.NaN, 0}))
        .hasMessageContaining("times[0] must be finite");
    assertThatThrownBy(() -> TimeGrid.karras(0, 0.002, 80, 7))
        .hasMessage("steps must be at least 1, got 0");
    assertThatThrownBy(() -> TimeGrid.karras(5, 80, 0.002, 7)).hasMessageContaining("decrease");
    assertThatThrownBy(() -> TimeGrid.karras(5, 0, 80, 7)).hasMessageContaining("sigmaMin");
    assertThatThrownBy(() -> TimeGrid.karras(5, 0.002, 80, 0)).hasMessageContaining("rho");
    assertThatThrownBy(() -> TimeGrid.exponential(5, 0.1, -80)).hasMessageContaining("sigmaMax");
    assertThatThrownBy(() -> TimeGrid.uniform(5, 1, 1)).hasMessageContaining("decrease");
    assertThatThrownBy(() -> TimeGrid.uniform(5, 1, -0.1)).hasMessageContaining("end must be");
  }
}
