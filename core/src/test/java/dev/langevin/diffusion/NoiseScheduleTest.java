package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.math.GaussKronrod;
import org.junit.jupiter.api.Test;

class NoiseScheduleTest {
  /** ᾱ = a² of the published formulas, written out. */
  @Test
  void schedules_are_those_of_the_literature() {
    for (double t : new double[] {0.001, 0.1, 0.37, 0.5, 0.8, 0.99}) {
      double logMean = -0.25 * t * t * (20 - 0.1) - 0.5 * t * 0.1; // score SDE, eq. 33
      assertThat(TimeRescaled.linear().signal(t)).isCloseTo(StrictMath.exp(logMean), within(1e-15));
      double std = 1 - StrictMath.exp(2 * logMean);
      assertThat(SubVariancePreserving.linear().noise(t)).isCloseTo(std, within(1e-15));
      double f = StrictMath.cos((t + 0.008) / 1.008 * Math.PI / 2);
      double f0 = StrictMath.cos(0.008 / 1.008 * Math.PI / 2);
      assertThat(TimeRescaled.cosine().signal(t)).isCloseTo(f / f0, within(1e-15));
      double sigmoid = (s(3) - s(6 * t - 3)) / (s(3) - s(-3));
      assertThat(alphaBar(new NoiseSchedule.Sigmoid(-3, 3, 1), t))
          .isCloseTo(sigmoid, within(1e-15));
      sigmoid = (s(3 / 0.7) - s(3 * t / 0.7)) / (s(3 / 0.7) - s(0));
      assertThat(alphaBar(new NoiseSchedule.Sigmoid(0, 3, 0.7), t))
          .isCloseTo(sigmoid, within(1e-15));
    }
  }

  private static double s(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  private static double alphaBar(NoiseSchedule schedule, double t) {
    double a = new TimeRescaled(schedule).signal(t);
    return a * a;
  }

  /** Π(1 - β_i) of a chain of n steps approaches exp(-∫β) as 1/n. */
  @Test
  void a_long_chain_of_the_discrete_betas_has_the_same_signal() {
    int n = 100_000;
    double scaled = 0;
    double sigmoid = 0;
    double linear = 0;
    for (int i = 0; i < n; i++) {
      double u = i / (n - 1.0);
      double root = Math.sqrt(0.85) + u * (Math.sqrt(12) - Math.sqrt(0.85));
      scaled += StrictMath.log1p(-root * root / n);
      sigmoid += StrictMath.log1p(-(0.1 + 19.9 * s(12 * u - 6)) / n);
      linear += StrictMath.log1p(-(0.1 + 19.9 * u) / n);
    }
    assertThat(2 * new NoiseSchedule.ScaledLinear(0.85, 12).total(1))
        .isCloseTo(-scaled, within(1e-3));
    assertThat(2 * new NoiseSchedule.SigmoidBeta(0.1, 20).total(1))
        .isCloseTo(-sigmoid, within(1.2e-3));
    assertThat(2 * NoiseSchedule.linear().total(1)).isCloseTo(-linear, within(1.2e-3));
  }

  /** Lin et al.'s algorithm on the signal itself. */
  @Test
  void zero_terminal_snr_shifts_and_stretches_the_signal() {
    NoiseSchedule base = new NoiseSchedule.ScaledLinear(0.85, 12);
    Noising process = new TimeRescaled(new NoiseSchedule.ZeroTerminalSnr(base, 0.9));
    double last = StrictMath.exp(-base.total(0.9));
    for (double t = 0; t < 0.9; t += 0.01) {
      double expected = (StrictMath.exp(-base.total(t)) - last) / (1 - last);
      assertThat(process.signal(t)).isCloseTo(expected, within(1e-15));
    }
  }

  @Test
  void quadrature_and_closed_form_agree() {
    NoiseSchedule linear = NoiseSchedule.linear();
    NoiseSchedule summed = NoiseSchedule.ofRate(linear::rate);
    NoiseSchedule waves = NoiseSchedule.ofRate(t -> 1 + StrictMath.cos(20 * t));
    NoiseSchedule cosine = new NoiseSchedule.Cosine(0.008);
    for (double t = 1e-9; t < 0.99; t = 1.9 * t) {
      assertThat(summed.total(t) / linear.total(t)).isCloseTo(1, within(1e-14));
      assertThat(summed.time(linear.total(t)) / t).isCloseTo(1, within(1e-14));
      assertThat(waves.total(t) / (t + StrictMath.sin(20 * t) / 20)).isCloseTo(1, within(1e-13));
      assertThat(NoiseSchedule.ofRate(cosine::rate).total(t) / cosine.total(t))
          .isCloseTo(1, within(1e-13));
    }
  }

  @Test
  void gauss_and_kronrod_points_integrate_polynomials() {
    for (int power = 0; power <= 22; power++) {
      int p = power;
      double area = GaussKronrod.integral(x -> StrictMath.pow(x, p), 0, 2);
      assertThat(area * (p + 1) / StrictMath.pow(2, p + 1))
          .as("x^%s", p)
          .isCloseTo(1, within(2e-15));
    }
  }

  @Test
  void roots_are_found_where_newton_alone_runs_away() {
    // atan-like: flat far out
    NoiseSchedule flat = NoiseSchedule.of(StrictMath::atan, t -> 1 / (1 + t * t));
    for (double t = 1e-200; t < 1e10; t *= 37) {
      assertThat(StrictMath.atan(flat.time(StrictMath.atan(t)))).isEqualTo(StrictMath.atan(t));
    }
    NoiseSchedule stepped = NoiseSchedule.of(t -> t < 1 ? t : t + 5, t -> 1);
    assertThat(stepped.time(3)).isCloseTo(1, within(1e-15));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new NoiseSchedule.Linear(2, 1))
        .hasMessage("last must be at least first = 2.0, got 1.0");
    assertThatThrownBy(() -> new NoiseSchedule.ScaledLinear(-1, 1))
        .hasMessageContaining("first must");
    assertThatThrownBy(() -> new NoiseSchedule.SigmoidBeta(0, 0)).hasMessageContaining("last must");
    assertThatThrownBy(() -> new NoiseSchedule.Cosine(-0.1)).hasMessageContaining("offset must");
    assertThatThrownBy(() -> new NoiseSchedule.Sigmoid(3, -3, 1)).hasMessageContaining("to must");
    assertThatThrownBy(() -> new NoiseSchedule.Sigmoid(-3, 3, 0))
        .hasMessageContaining("temperature");
    assertThatThrownBy(() -> new NoiseSchedule.ZeroTerminalSnr(new NoiseSchedule.Cosine(0), 1))
        .hasMessageContaining("total of base at the horizon must be finite");
    assertThatThrownBy(() -> new SubVariancePreserving(new NoiseSchedule.Cosine(0)))
        .hasMessage("schedule must not have an end, got one at 1.0");
    assertThatThrownBy(() -> new GeometricExploding(2, 1)).hasMessageContaining("sigmaMin must be");
    assertThatThrownBy(() -> new GeometricExploding(0.1, 1).time(0.05))
        .hasMessage("sigma must be 0 or at least sigmaMin = 0.1, got 0.05");
  }

  /** t ↔ σ ↔ log-SNR ↔ λ ↔ another process's t. */
  @Test
  void every_name_of_a_level_inverts_into_every_other() {
    for (Noising noising : NoisingTest.noisings()) {
      for (double sigma = Math.max(1e-9, noising.sigma(0) * 1.001); sigma < 1e9; sigma *= 3.3) {
        NoiseLevel level = new NoiseLevel(sigma);
        double log = 1 + Math.abs(StrictMath.log(sigma));
        assertThat(NoiseLevel.ofLogSnr(level.logSnr()).sigma() / sigma)
            .isCloseTo(1, within(3e-16 * log));
        assertThat(NoiseLevel.ofLambda(level.lambda()).sigma() / sigma)
            .isCloseTo(1, within(3e-16 * log));
        assertThat(level.logSnr()).isEqualTo(2 * level.lambda());
        double t = level.timeOf(noising);
        double condition = NoisingTest.condition(noising, t);
        if (condition > 1e10) {
          break; // times cannot tell such levels apart
        }
        double ou = NoiseLevel.time(noising, t, new OrnsteinUhlenbeck());
        assertThat(ou / new OrnsteinUhlenbeck().time(sigma))
            .isCloseTo(1, within(1e-14 * (1 + condition)));
        double back = NoiseLevel.time(new OrnsteinUhlenbeck(), ou, noising);
        assertThat(noising.sigma(back) / sigma).isCloseTo(1, within(1e-14 * (1 + condition)));
      }
    }
  }

  @Test
  void log_snr_is_that_of_signal_and_noise() {
    NoiseLevel level = NoiseLevel.at(TimeRescaled.linear(), 0.4);
    double a = TimeRescaled.linear().signal(0.4);
    double b = TimeRescaled.linear().noise(0.4);
    assertThat(level.logSnr()).isCloseTo(StrictMath.log(a * a / (b * b)), within(1e-14));
    assertThat(level.lambda()).isCloseTo(StrictMath.log(a / b), within(1e-14));
  }
}
