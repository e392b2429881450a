package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiscreteScheduleTest {
  private static final int[] CHECKED = {0, 1, 100, 500, 900, 999};

  static List<DiscreteSchedule> schedules() {
    return List.of(
        DiscreteSchedule.linear(),
        new DiscreteSchedule(Betas.scaledLinear(1000, 0.00085, 0.012)),
        new DiscreteSchedule(Betas.squaredCosine(500)),
        new DiscreteSchedule(Betas.sigmoid(1000, 1e-4, 0.02)),
        new DiscreteSchedule(Betas.exponential(200)),
        new DiscreteSchedule(Betas.laplace(1000)),
        new DiscreteSchedule(Betas.zeroTerminalSnr(Betas.linear(1000, 1e-4, 0.02))),
        new DiscreteSchedule(new double[] {0.3}),
        new DiscreteSchedule(new double[] {0.9, 0.001, 0.5}));
  }

  /** torch's own numbers, of 32-bit floats: 1 - β is off by up to 3·10⁻⁸, a thousand times over, and by much of itself where β is the cap 0.999. */
  private static void same(double[] betas, double... alphaBars) {
    DiscreteSchedule schedule = new DiscreteSchedule(betas);
    for (int i = 0; i < CHECKED.length; i++) {
      double bound = 1e-6 + 3e-8 / (1 - betas[CHECKED[i]]);
      assertThat(schedule.alphaBar(CHECKED[i] + 1))
          .as("timestep %s", CHECKED[i])
          .isCloseTo(alphaBars[i], within(bound * alphaBars[i]));
    }
  }

  @Test
  void alpha_bars_are_those_of_diffusers() {
    same(
        Betas.linear(1000, 1e-4, 0.02),
        .999899983,
        .999780059,
        .895141363,
        .0777966604,
        2.7024452e-4,
        4.03583072e-5);
    same(
        Betas.squaredCosine(1000),
        .999958694,
        .99991256,
        .971575618,
        .492285043,
        .0236161072,
        2.42873499e-9);
    same(
        Betas.scaledLinear(1000, .00085, .012),
        .999149978,
        .998296022,
        .894223154,
        .276332498,
        .0141511345,
        .00466009602);
  }

  @Test
  void lists_follow_their_formulas() {
    double[] sigmoid = Betas.sigmoid(7, 0.1, 0.5);
    for (int i = 0; i < 7; i++) {
      double share = 1 / (1 + Math.exp(6 - 2 * i));
      assertThat(sigmoid[i]).isCloseTo(0.1 + 0.4 * share, within(1e-15));
    }
    for (double beta : Betas.exponential(50)) {
      assertThat(beta).isCloseTo(-Math.expm1(-0.24), within(1e-12));
    }
    // half way λ = ln 1: signal √½, over that at the start, √(1000/1001) to 10⁻⁹
    DiscreteSchedule laplace = new DiscreteSchedule(Betas.laplace(1000));
    assertThat(laplace.alphaBar(500)).isCloseTo(Math.sqrt(0.5 * 1.001), within(1e-6));
    assertThat(Betas.laplace(1000)[999]).isLessThanOrEqualTo(0.999);
    assertThat(Betas.squaredCosine(1000)[999]).isEqualTo(0.999);
    assertThat(Betas.linear(1, 0.1, 0.2)).containsExactly(0.1);
  }

  /** s ← (s - s_T) s_1/(s_1 - s_T): the first stays, the end is next to nothing. */
  @Test
  void the_zero_terminal_list_keeps_its_start_and_loses_its_end() {
    DiscreteSchedule plain = DiscreteSchedule.linear();
    DiscreteSchedule moved = new DiscreteSchedule(Betas.zeroTerminalSnr(plain.betas()));
    assertThat(moved.signal(1)).isCloseTo(plain.signal(1), within(1e-14));
    assertThat(moved.signal(1000) / moved.signal(999)).isCloseTo(0.5, within(1e-12));
    double[] few = Betas.zeroTerminalSnr(new double[] {0.1, 0.2, 0.3});
    assertThat(new DiscreteSchedule(few).alphaBar(3)).isCloseTo(0x1p-24, within(1e-15));
    double stretch = plain.signal(1) / (plain.signal(1) - plain.signal(1000));
    assertThat(moved.signal(400))
        .isCloseTo((plain.signal(400) - plain.signal(1000)) * stretch, within(1e-13));
    assertThatThrownBy(() -> Betas.zeroTerminalSnr(new double[] {0.5}))
        .hasMessage("number of betas must be at least 2, got 1");
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void whole_times_are_the_chain(DiscreteSchedule schedule) {
    double[] betas = schedule.betas();
    for (int i = 1; i <= betas.length; i++) {
      double a = schedule.signal(i);
      double b = schedule.noise(i);
      assertThat(a * a + b * b).isCloseTo(1, within(1e-12));
      assertThat(a / schedule.signal(i - 1)).isCloseTo(Math.sqrt(1 - betas[i - 1]), within(1e-12));
      double before = schedule.noise(i - 1);
      assertThat(b * b)
          .isCloseTo(betas[i - 1] + (1 - betas[i - 1]) * before * before, within(1e-14));
    }
    assertThat(schedule.signal(0)).isEqualTo(1);
    assertThat(schedule.noise(0)).isZero();
    assertThat(schedule.sigma(0)).isZero();
    assertThat(schedule.time(0)).isZero();
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void between_them_log_sigma_is_linear_and_time_inverts(DiscreteSchedule schedule) {
    int steps = schedule.steps();
    for (int i = 1; i < steps; i++) {
      double middle = Math.sqrt(schedule.sigma(i) * schedule.sigma(i + 1));
      assertThat(schedule.sigma(i + 0.5) / middle).isCloseTo(1, within(1e-12));
    }
    assertThat(schedule.sigma(0.25)).isCloseTo(schedule.sigma(1) / 4, within(1e-15));
    for (double t = 0.1; t < 1.2 * steps; t += steps / 97.0 + 0.01) {
      double sigma = schedule.sigma(t);
      assertThat(schedule.time(sigma)).isCloseTo(t, within(1e-9 * (1 + t)));
      assertThat(schedule.noise(t) / schedule.signal(t) / sigma).isCloseTo(1, within(1e-12));
      assertThat(Math.hypot(schedule.noise(t), schedule.signal(t))).isCloseTo(1, within(1e-12));
    }
  }

  /** d ln a/dt and 2b(b' - f b), by central differences away from the joints. */
  @ParameterizedTest
  @MethodSource("schedules")
  void drift_and_diffusion_are_those_of_the_interpolation(DiscreteSchedule schedule) {
    double h = 1e-4;
    for (double t : new double[] {0.3, 0.5, schedule.steps() - 0.5, schedule.steps() + 0.4}) {
      double a = (Math.log(schedule.signal(t + h)) - Math.log(schedule.signal(t - h))) / (2 * h);
      assertThat(schedule.drift(t)).isCloseTo(a, within(1e-6 * (1 + Math.abs(a))));
      double b = (schedule.noise(t + h) - schedule.noise(t - h)) / (2 * h);
      double g2 = 2 * schedule.noise(t) * (b - a * schedule.noise(t));
      assertThat(schedule.diffusion(t)).isCloseTo(g2, within(1e-6 * (1 + g2)));
    }
    assertThat(schedule.diffusion(0)).isZero();
    assertThat(schedule.drift(0)).isZero();
  }

  @Test
  void it_is_a_value_and_refuses_what_is_no_variance() {
    double[] betas = {0.1, 0.2};
    DiscreteSchedule schedule = new DiscreteSchedule(betas);
    betas[0] = 9;
    schedule.betas()[1] = 9;
    assertThat(schedule).isEqualTo(new DiscreteSchedule(new double[] {0.1, 0.2}));
    assertThat(schedule).hasSameHashCodeAs(new DiscreteSchedule(new double[] {0.1, 0.2}));
    assertThat(schedule).isNotEqualTo(new DiscreteSchedule(new double[] {0.1, 0.3}));
    assertThat(schedule).hasToString("DiscreteSchedule[2 steps, beta 0.1 … 0.2]");
    assertThatThrownBy(() -> new DiscreteSchedule(new double[] {0.1, 1}))
        .hasMessage("betas[1] must be strictly between 0.0 and 1.0, got 1.0");
    assertThatThrownBy(() -> new DiscreteSchedule(new double[0]))
        .hasMessage("number of betas must be at least 1, got 0");
    assertThatThrownBy(() -> schedule.alphaBar(3))
        .hasMessageContaining("i must be between 0 and 2");
    assertThatThrownBy(() -> schedule.sigma(-1)).hasMessageContaining("t must be zero or positive");
    assertThatThrownBy(() -> Betas.linear(3, 0, 0.1))
        .hasMessageContaining("first must be strictly");
    assertThatThrownBy(() -> Betas.squaredCosine(0))
        .hasMessageContaining("steps must be at least 1");
  }
}
